import type { Decision } from '../model/decision.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Execution, Proposal } from '../model/rollback.ts';
import type { GroupRun } from '../model/group-run.ts';
import type { Risk } from '../model/risk.ts';
import type { Verdict } from '../model/verdict.ts';
import type { StampedEvent } from './event.ts';

/** What the events say of one pipeline. */
export interface PipelineState {
  readonly deployment: Deployment | null;
  readonly risk: Risk | null;
  readonly verdict: Verdict | null;
  readonly decision: Decision | null;
}

/** The session as its events tell it: what screen and audit have in common. */
export interface SessionState {
  /** Sequence number of the last event taken in; 0 before the first. */
  readonly seq: number;
  readonly halted: string | null;
  readonly pipelines: ReadonlyMap<string, PipelineState>;
  /** Open proposals by id, oldest first. */
  readonly proposals: ReadonlyMap<string, Proposal>;
  /** Executions by id, in the order they began. */
  readonly executions: ReadonlyMap<string, Execution>;
  /** Group rollbacks by id, in the order they began. */
  readonly groups: ReadonlyMap<string, GroupRun>;
  /** Newest last, at most `RECENT_EVENTS`. */
  readonly recentEvents: readonly StampedEvent[];
}

/** How many events a session state keeps for the screen. */
export const RECENT_EVENTS = 500;

const EMPTY_PIPELINE: PipelineState = { deployment: null, risk: null, verdict: null, decision: null };

/** The state before any event; `open`, `executions` and `events` (newest last) are what earlier sessions left. */
export function emptySession(
  open: readonly Proposal[] = [],
  executions: readonly Execution[] = [],
  events: readonly StampedEvent[] = [],
): SessionState {
  return {
    seq: events.at(-1)?.seq ?? 0,
    halted: null,
    pipelines: new Map(),
    proposals: new Map(open.map((proposal) => [proposal.id, proposal])),
    executions: new Map(executions.map((execution) => [execution.id, execution])),
    groups: new Map(),
    recentEvents: events,
  };
}

/** What is known of a pipeline; everything null for one without events. */
export function pipelineOf(state: SessionState, pipeline: string): PipelineState {
  return state.pipelines.get(pipeline) ?? EMPTY_PIPELINE;
}
