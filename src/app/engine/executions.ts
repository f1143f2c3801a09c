import { deploymentId } from '../../core/model/deployment.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { Execution } from '../../core/model/rollback.ts';
import { TERMINAL_STATES } from '../../core/model/rollback.ts';
import { applyNews } from './judging.ts';
import type { EngineState, LocalAct } from './state.ts';

/** Ends after which the earlier version serves, as far as anyone can tell. */
const RETURNED: ReadonlySet<Execution['state']> = new Set(['done', 'restored-unhealthy', 'unverified']);
/** A marker of the platform this close to a rollback of ours announces the same event. */
const SAME_RETURN_MS = 900_000;
/** An approval whose execution does not begin within this long no longer counts as an act under way. */
const START_WITHIN_MS = 120_000;

/** Takes note of how a rollback goes; one that ran is itself the current deployment from then on. */
export function followExecution(state: EngineState, execution: Execution): void {
  const entry = state.entry(execution.pipeline);
  state.executions.set(execution.id, execution);
  state.emit({ type: 'execution-changed', execution });
  const ended = TERMINAL_STATES.has(execution.state);
  if (state.act?.pipeline === execution.pipeline)
    state.act = ended ? nextOf(state.act) : { ...state.act, started: true };
  if (execution.state === 'verifying' && !state.verifyingMs.has(execution.id)) {
    state.verifyingMs.set(execution.id, state.nowMs);
  }
  if (!ended || execution.dryRun) return;
  // The next plan begins where this attempt stopped.
  entry.plans.clear();
  if (execution.state === 'failed' || execution.state === 'cancelled') entry.failedAttempts += 1;
  if (!RETURNED.has(execution.state)) return;
  const rollback = returnOf(state, execution);
  // Announced by the platform's own marker already, while the rollback ran.
  const { current } = entry.judge.timeline;
  if (current?.version === rollback.version && current.atMs >= execution.startedAtMs) return;
  applyNews(state, entry, [...entry.cohorts.announce(rollback), ...entry.cohorts.tick(state.nowMs)]);
}

/** A group rollback stays under way while others of its services are to come. */
function nextOf(act: LocalAct): LocalAct | null {
  const [pipeline, ...others] = act.others;
  return pipeline === undefined ? null : { ...act, pipeline, others };
}

/** Takes note of how a group rollback goes. */
export function followGroup(state: EngineState, group: GroupRun): void {
  state.emit({ type: 'group-changed', group });
  const isOurs = group.steps.some(({ pipeline }) => pipeline === state.act?.pipeline);
  if (group.endedAtMs !== null && isOurs) state.act = null;
}

/** True for an announcement that is only the platform's own word for a rollback already taken note of. */
export function isKnownReturn(current: Deployment | null, announced: Deployment): boolean {
  return (
    current?.origin === 'rollback' &&
    announced.version === current.version &&
    Math.abs(announced.atMs - current.atMs) <= SAME_RETURN_MS
  );
}

/** Forgets an approval that nobody carried out. */
export function dropIdleAct(state: EngineState): void {
  const { act } = state;
  if (act !== null && !act.started && state.nowMs - act.approvedAtMs > START_WITHIN_MS) state.act = null;
}

function returnOf(state: EngineState, execution: Execution): Deployment {
  const atMs = state.verifyingMs.get(execution.id) ?? execution.endedAtMs ?? state.nowMs;
  return {
    id: deploymentId(execution.pipeline, execution.toVersion, atMs),
    pipeline: execution.pipeline,
    environment: state.entry(execution.pipeline).settings.policy.environment,
    version: execution.toVersion,
    previous: execution.fromVersion,
    atMs,
    commit: null,
    origin: 'rollback',
    features: null,
  };
}
