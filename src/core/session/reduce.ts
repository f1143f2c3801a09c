import type { GroupRun } from '../model/group-run.ts';
import type { Execution } from '../model/rollback.ts';
import type { SessionEvent, StampedEvent } from './event.ts';
import type { PipelineState, SessionState } from './state.ts';
import { pipelineOf, RECENT_EVENTS } from './state.ts';

/** How many ended executions are kept; unfinished ones always are. */
const KEPT_EXECUTIONS = 200;
const KEPT_GROUPS = 20;

/** The state after one more event. Pure: the same events always give the same state. */
export function reduce(state: SessionState, stamped: StampedEvent): SessionState {
  const recentEvents = [...state.recentEvents.slice(1 - RECENT_EVENTS), stamped];
  return { ...changed(state, stamped.event), seq: stamped.seq, recentEvents };
}

/** The state after what is on record already was said again: it takes no place among the events. */
export function reduceRepeated(state: SessionState, event: SessionEvent): SessionState {
  return changed(state, event);
}

function changed(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'deployment-observed': {
      const { deployment, risk } = event;
      return patched(state, deployment.pipeline, { deployment, risk });
    }
    case 'verdict-changed':
      return patched(state, event.verdict.pipeline, { verdict: event.verdict });
    case 'decision-made':
      return patched(state, event.decision.pipeline, { decision: event.decision });
    case 'proposal-opened':
      return { ...state, proposals: new Map(state.proposals).set(event.proposal.id, event.proposal) };
    case 'proposal-held': {
      const held = state.proposals.get(event.proposalId);
      if (held === undefined) return state;
      const proposal = { ...held, held: true, autoAtMs: null };
      return { ...state, proposals: new Map(state.proposals).set(held.id, proposal) };
    }
    case 'proposal-seconded': {
      const asked = state.proposals.get(event.proposalId);
      if (asked === undefined) return state;
      const proposal = { ...asked, approvedBy: [...(asked.approvedBy ?? []), event.by] };
      return { ...state, proposals: new Map(state.proposals).set(asked.id, proposal) };
    }
    case 'proposal-closed': {
      const proposals = new Map(state.proposals);
      proposals.delete(event.proposalId);
      return { ...state, proposals };
    }
    case 'execution-changed':
      return { ...state, executions: withExecution(state, event.execution) };
    case 'group-changed':
      return { ...state, groups: withGroup(state, event.group) };
    case 'halted':
      return { ...state, halted: event.reason };
    case 'resumed':
      return { ...state, halted: null };
    case 'session-started':
    case 'session-ended':
    case 'answer-refused':
    case 'human-rollback':
    case 'external-rollback':
    case 'silenced':
    case 'silence-ended':
    case 'config-trusted':
      break;
  }
  return state;
}

function patched(state: SessionState, pipeline: string, change: Partial<PipelineState>): SessionState {
  const next = { ...pipelineOf(state, pipeline), ...change };
  return { ...state, pipelines: new Map(state.pipelines).set(pipeline, next) };
}

function withExecution(state: SessionState, execution: Execution): SessionState['executions'] {
  const executions = new Map(state.executions).set(execution.id, execution);
  if (executions.size > KEPT_EXECUTIONS) {
    for (const [id, { endedAtMs }] of executions) {
      if (endedAtMs === null) continue;
      executions.delete(id);
      break;
    }
  }
  return executions;
}

function withGroup(state: SessionState, run: GroupRun): SessionState['groups'] {
  const groups = new Map(state.groups).set(run.id, run);
  if (groups.size > KEPT_GROUPS) {
    const oldest = [...groups.values()].find(({ endedAtMs }) => endedAtMs !== null);
    if (oldest !== undefined) groups.delete(oldest.id);
  }
  return groups;
}
