import type { FleetFailure } from '../../core/judge/shared-cause.ts';
import { PipelineJudge } from '../../core/judge/pipeline-judge.ts';
import type { Decision } from '../../core/model/decision.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { ActHistory, Standing } from '../../core/model/history.ts';
import type { PipelineSettings } from '../../core/model/policy.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Answer, Execution, Plan, Proposal } from '../../core/model/rollback.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { rememberRisk } from './risk-memory.ts';
import type { DrawnSparks } from './sparks.ts';
import type { EngineOptions, SourceCounters } from './types.ts';

/** A plan that was asked for, or why there is none; kept so that it is not asked for at every sample. */
export interface PlanAnswer {
  /** Deployment and target version it was made for. */
  readonly key: string;
  readonly atMs: number;
  readonly plan: Plan | null;
  readonly why: string;
}

/** What the engine keeps of one pipeline. */
export interface PipelineEntry {
  readonly pipeline: string;
  readonly settings: PipelineSettings;
  readonly judge: PipelineJudge;
  readonly riskOf: (deployment: Deployment) => Risk | null;
  risk: Risk | null;
  decision: Decision | null;
  planned: PlanAnswer | null;
  /** The failure last asked about, and the one whose question expired. */
  askedKey: string | null;
  expiredKey: string | null;
  /** Real attempts that ended without effect: each allows one more question about the same failure. */
  failedAttempts: number;
  /** Beginning of the failure the fleet was told of; null when none. */
  toldFailureMs: number | null;
  backfilling: boolean;
  sparks: DrawnSparks | null;
  hints: { readonly atMs: number; readonly list: readonly string[] } | null;
}

/** An approval that was given and whose execution has not ended. */
export interface LocalAct {
  readonly pipeline: string;
  readonly planId: string;
  readonly holder: string;
  readonly approvedAtMs: number;
  started: boolean;
}

const NO_HISTORY: ActHistory = { rollbacks: [], versions: [], inFlight: null, humanDecided: [] };

/** Until the first facts come nothing is taken for granted that `auto` needs. */
const NO_STANDING: Standing = {
  halted: null,
  configTrusted: false,
  leaseShared: false,
  stateIntact: false,
  readOnly: false,
};

/** Everything the engine remembers between inputs; plain data, changed only by the functions beside it. */
export class EngineState {
  readonly options: EngineOptions;
  readonly pipelines = new Map<string, PipelineEntry>();
  /** Open proposals by pipeline: at most one each. */
  readonly open = new Map<string, Proposal>();
  readonly answered = new Map<string, Answer>();
  readonly executions = new Map<string, Execution>();
  /** When an execution was first seen verifying: from then on the old version serves. */
  readonly verifyingMs = new Map<string, number>();
  readonly sources = new Map<string, { readonly pipeline: string | null; readonly counters: SourceCounters }>();
  readonly hints = new Set<string>();
  /** Deployments a person decided about in this session. */
  readonly decided = new Set<string>();
  failures: FleetFailure[] = [];
  act: LocalAct | null = null;
  history: ActHistory = NO_HISTORY;
  standing: Standing = NO_STANDING;
  nowMs = Number.NEGATIVE_INFINITY;
  caughtUp = false;
  proposalCount = 0;
  #events: SessionEvent[] = [];

  constructor(options: EngineOptions) {
    this.options = options;
  }

  emit(event: SessionEvent): void {
    this.#events.push(event);
  }

  takeEvents(): readonly SessionEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** The entry of a pipeline, made when it is first heard of. */
  entry(pipeline: string): PipelineEntry {
    const known = this.pipelines.get(pipeline);
    if (known !== undefined) return known;
    const { settings: settingsOf, replayed, historyRows } = this.options;
    const settings = settingsOf(pipeline);
    const riskOf = rememberRisk(this.options.risk);
    const made: PipelineEntry = {
      pipeline,
      settings,
      judge: new PipelineJudge(settings, { replayed, historyRows, riskOf }),
      riskOf,
      risk: null,
      decision: null,
      planned: null,
      askedKey: null,
      expiredKey: null,
      failedAttempts: 0,
      toldFailureMs: null,
      backfilling: false,
      sparks: null,
      hints: null,
    };
    this.pipelines.set(pipeline, made);
    return made;
  }

  /** The history with what this session did since the store was last read. */
  get knownHistory(): ActHistory {
    return {
      ...this.history,
      inFlight: this.act ?? this.history.inFlight,
      humanDecided: [...this.history.humanDecided, ...this.decided],
    };
  }
}
