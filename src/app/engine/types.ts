import type { ServiceTies } from '../../core/decide/version-skew.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { ServiceGroup } from '../../core/model/group.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { ActHistory, RollbackAbility, Standing } from '../../core/model/history.ts';
import type { PipelineSettings } from '../../core/model/policy.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Findings, Inquiry, LeftBehind } from '../../core/model/findings.ts';
import type { Actor, Answer, Execution, Plan, Proposal, Strategy } from '../../core/model/rollback.ts';
import type { RowBatch } from '../../core/model/sample.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import type { CommandResult, SessionCommand } from '../../core/session/command.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { SessionState } from '../../core/session/state.ts';
import type { SideSamples } from '../../core/judge/cohorts.ts';
import type { PlanRequest } from '../../ports/platform.ts';

/** What a source has read of one file so far; totals, not differences. */
export interface SourceCounters {
  readonly rows: number;
  readonly badLines: number;
  readonly lostBytes: number;
  readonly bytes: number;
}

/**
 * A command the engine answers. What a screen looks at (`focus`) is the screen's and goes to `snapshot`; a silence is
 * kept beside the state, where a second shell ends it.
 */
export type EngineCommand = Exclude<SessionCommand, { readonly type: 'focus' | 'silence' }>;

/**
 * Everything the engine ever learns, the time included: the same inputs in the same order give the same events,
 * byte for byte. `nowMs` never goes back; an earlier one counts as the latest seen.
 */
export type EngineInput =
  | {
      readonly type: 'rows';
      readonly nowMs: number;
      readonly path: string;
      readonly pipeline: string;
      readonly batch: RowBatch;
      /** True for what was in the file before watching began: judged silently, settled by `caught-up`. */
      readonly backfill: boolean;
    }
  /** Everything that was there at the start has been given; from now on rows are live. */
  | { readonly type: 'caught-up'; readonly nowMs: number }
  | { readonly type: 'deployment'; readonly nowMs: number; readonly deployment: Deployment }
  | { readonly type: 'tick'; readonly nowMs: number }
  | { readonly type: 'facts'; readonly nowMs: number; readonly history: ActHistory; readonly standing: Standing }
  | { readonly type: 'command'; readonly nowMs: number; readonly command: EngineCommand; readonly by: Actor }
  | { readonly type: 'execution'; readonly nowMs: number; readonly execution: Execution }
  | { readonly type: 'group'; readonly nowMs: number; readonly group: GroupRun }
  /** Open questions and unfinished executions of an earlier session; give it before the first rows. */
  | {
      readonly type: 'restored';
      readonly nowMs: number;
      readonly proposals: readonly Proposal[];
      readonly executions: readonly Execution[];
    }
  /** Another process on this box took the answer to a question that is open here too. */
  | {
      readonly type: 'answered';
      readonly nowMs: number;
      readonly proposalId: string;
      readonly answer: Answer;
      readonly by: Actor;
    }
  | {
      readonly type: 'source';
      readonly nowMs: number;
      readonly path: string;
      /** Null while nothing is known of the file's identity. */
      readonly pipeline: string | null;
      readonly counters: SourceCounters;
    }
  /** The answer to an inquiry of an earlier output. */
  | { readonly type: 'findings'; readonly nowMs: number; readonly findings: Findings }
  /** A sentence the operator should see once. */
  | { readonly type: 'hint'; readonly nowMs: number; readonly text: string };

/** What came of one input. Events are in order and not yet stamped: the audit gives sequence and time. */
export interface EngineOutput {
  readonly events: readonly SessionEvent[];
  /** The answer to a `command`; null for every other input. */
  readonly result: CommandResult | null;
  /** What the engine wants to know from outside; each is answered once, by a `findings` input. */
  readonly inquiries: readonly Inquiry[];
}

/** Why a plan is asked for: the strategy follows from it. */
export interface PlanOccasion {
  readonly verdict: Verdict;
  readonly risk: Risk | null;
  /** What the rollback will not undo, as far as it is known. */
  readonly left?: readonly LeftBehind[];
  readonly doubts?: readonly string[];
  readonly lookedAt?: readonly string[];
  /** Chosen by a person. */
  readonly strategy?: Strategy;
  readonly chosenBy?: string;
}

/** All the engine may ask of the outside. Functions must be pure for the length of a session, `plan` but for its PlanError. */
export interface EngineOptions {
  readonly settings: (pipeline: string) => PipelineSettings;
  readonly ability: (pipeline: string) => RollbackAbility;
  /** Exact steps of a rollback; may throw PlanError, whose message becomes the reason of a refusal. */
  readonly plan: (request: PlanRequest, about: PlanOccasion) => Plan;
  readonly risk: (deployment: Deployment) => Risk | null;
  /** Services that are deployed together, the first that fits counts; absent: none. */
  readonly groups?: readonly ServiceGroup[];
  /**
   * Whether anything is configured that could be asked about a rollback of the pipeline: a question then waits for the
   * findings. Absent: nothing is.
   */
  readonly inquires?: (pipeline: string) => boolean;
  /** A digest in hex, for ids and for the inputs of a verdict. */
  readonly hash: (text: string) => string;
  /** True when recorded samples are played back as if live: nothing but dry runs is then ever asked. */
  readonly replayed: boolean;
  /** Rows kept per pipeline for charts and for looking back when a deployment is announced late. */
  readonly historyRows: number;
  /** Which services belong to each other, for what a rollback leaves on the newer version; absent: not known. */
  readonly ties?: ServiceTies;
  /** Who calls whom, caller → callees; absent: not known. */
  readonly calls?: ReadonlyMap<string, readonly string[]>;
  /** Pipelines that show what would be without a deployment of the one; absent: none. */
  readonly peers?: ReadonlyMap<string, readonly string[]>;
}

/** What a screen looks at. */
export interface Focus {
  readonly pipeline: string | null;
  /** Null = the blamed metric, else the one with the most weight. */
  readonly metric: string | null;
}

/** One pass of the journey, without I/O: rows, deployments, answers and ticks in, events out. */
export interface Engine {
  advance(input: EngineInput): EngineOutput;
  /** The verdict at this moment, with the time that has passed since its last change; null for an unknown pipeline. */
  verdict(pipeline: string, nowMs: number): Verdict | null;
  /** Samples of one version since a time, by metric; null where versions are not told apart or it does not report. */
  samples(pipeline: string, version: string, sinceMs: number): SideSamples | null;
  /** The frame of a screen: what the engine knows now, with the session's events as the audit stamped them. */
  snapshot(nowMs: number, session: SessionState, focus: Focus): Snapshot;
}
