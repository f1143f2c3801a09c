import type { Neighbourhood } from '../../core/judge/causes.ts';
import type { FleetFailure } from '../../core/judge/shared-cause.ts';
import { Cohorts } from '../../core/judge/cohorts.ts';
import { PipelineJudge } from '../../core/judge/pipeline-judge.ts';
import type { Decision } from '../../core/model/decision.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { Findings, Inquiry } from '../../core/model/findings.ts';
import type { ActHistory, Standing } from '../../core/model/history.ts';
import type { PipelineSettings } from '../../core/model/policy.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Actor, Answer, Execution, Plan, Proposal, Strategy } from '../../core/model/rollback.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { rememberRisk } from './risk-memory.ts';
import type { DrawnSparks } from './sparks.ts';
import type { EngineOptions, SourceCounters } from './types.ts';

/** A plan that was asked for, or why there is none; kept so that it is not asked for at every sample. */
export interface PlanAnswer {
  readonly atMs: number;
  readonly plan: Plan | null;
  readonly why: string;
}

/** What a person wants other than the default. */
export interface Wish {
  readonly toVersion: string | null;
  readonly strategy: Strategy | null;
  readonly by: string;
}

/** A rollback that is looked at: how, and which pipelines go back along with it. */
export interface Look {
  readonly wish: Wish | null;
  readonly along: ReadonlySet<string>;
}

/** What was asked about going back, and the answer. */
export interface InquiryState {
  readonly askedMs: number;
  readonly findings: Findings | null;
}

/** What the question would be, before there is one. */
export interface Draft {
  readonly proposal: Proposal | null;
  readonly isLooking: boolean;
  /** Why there is no proposal, or why it would be refused; else empty. */
  readonly why: string;
}

/** What the engine keeps of one pipeline. */
export interface PipelineEntry {
  readonly pipeline: string;
  readonly settings: PipelineSettings;
  readonly judge: PipelineJudge;
  /** What feeds `judge`: versions that serve side by side are judged apart. */
  readonly cohorts: Cohorts;
  readonly riskOf: (deployment: Deployment) => Risk | null;
  risk: Risk | null;
  decision: Decision | null;
  /** By what they follow from. */
  readonly plans: Map<string, PlanAnswer>;
  /** By deployment and version; an older answer stands until a newer one has come. */
  readonly inquiries: Map<string, InquiryState>;
  /** What the open question, or the one that is about to be asked, differs in from the default. */
  wish: Wish | null;
  /** A person asked for a question and waits for the findings. */
  wanted: Actor | null;
  /** What a person only looks at. */
  looked: Look | null;
  draft: Draft | null;
  /** What the open question knew when it was put. */
  known: string;
  /** Rollbacks by others that were told already. */
  readonly external: Set<string>;
  /** The failure last asked about, and the one whose question expired. */
  askedKey: string | null;
  expiredKey: string | null;
  /** When the limit that its open question is about was last on its way; −Infinity before. */
  foreseenAtMs: number;
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
  /** Services of the same group that are still to be begun. */
  readonly others: readonly string[];
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
  readonly #around: Neighbourhood;
  #events: SessionEvent[] = [];
  #inquiries: Inquiry[] = [];

  constructor(options: EngineOptions) {
    this.options = options;
    this.#around = {
      judge: (pipeline) => this.pipelines.get(pipeline)?.judge,
      graph: options.calls === undefined || options.calls.size === 0 ? null : options.calls,
      // One that was deployed itself shows what deployments do, not what would have been without.
      peers: (pipeline) =>
        (options.peers?.get(pipeline) ?? []).flatMap((peer) => {
          const judge = this.pipelines.get(peer)?.judge;
          return judge === undefined || judge.underAnalysis ? [] : [judge];
        }),
    };
  }

  /** The pipelines that one calls, directly or not. */
  callees(pipeline: string): ReadonlySet<string> {
    const found = new Set([pipeline]);
    for (const caller of found) for (const callee of this.options.calls?.get(caller) ?? []) found.add(callee);
    found.delete(pipeline);
    return found;
  }

  emit(event: SessionEvent): void {
    this.#events.push(event);
  }

  takeEvents(): readonly SessionEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  ask(inquiry: Inquiry): void {
    this.#inquiries.push(inquiry);
  }

  takeInquiries(): readonly Inquiry[] {
    const inquiries = this.#inquiries;
    this.#inquiries = [];
    return inquiries;
  }

  /** The entry of a pipeline, made when it is first heard of. */
  entry(pipeline: string): PipelineEntry {
    const known = this.pipelines.get(pipeline);
    if (known !== undefined) return known;
    const { settings: settingsOf, replayed, historyRows } = this.options;
    const settings = settingsOf(pipeline);
    const riskOf = rememberRisk(this.options.risk);
    const judgeOptions = { replayed, historyRows, riskOf, around: this.#around };
    const judge = new PipelineJudge(settings, judgeOptions);
    const made: PipelineEntry = {
      pipeline,
      settings,
      judge,
      cohorts: new Cohorts(judge, settings, judgeOptions),
      riskOf,
      risk: null,
      decision: null,
      plans: new Map(),
      inquiries: new Map(),
      wish: null,
      wanted: null,
      looked: null,
      draft: null,
      known: '',
      external: new Set(),
      askedKey: null,
      expiredKey: null,
      foreseenAtMs: Number.NEGATIVE_INFINITY,
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
