import type { Execution, ExecutionState } from '../model/rollback.ts';

/**
 * Which state may follow which. `unknown` is left only by a person or by a proof found later, never by running
 * anything again; the other ends are left by nothing. `executing` → `unverified` is the end of a dry run.
 */
const NEXT = {
  planned: ['approved', 'cancelled'],
  approved: ['leased', 'cancelled'],
  leased: ['executing', 'cancelled'],
  executing: ['executing', 'verifying', 'unverified', 'failed', 'cancelled', 'unknown'],
  verifying: ['verifying', 'done', 'restored-unhealthy', 'unverified', 'failed', 'unknown'],
  unknown: ['unknown', 'verifying', 'done', 'restored-unhealthy', 'unverified', 'failed', 'cancelled'],
  done: [],
  'restored-unhealthy': [],
  unverified: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<ExecutionState, readonly ExecutionState[]>;

/** True when an execution in state `from` may be written in state `to`. */
export function canMove(from: ExecutionState, to: ExecutionState): boolean {
  const next: readonly ExecutionState[] = NEXT[from];
  return next.includes(to);
}

/** True when nothing more will happen and the target is free again; `unknown` is not such an end. */
export function isSettled(state: ExecutionState): boolean {
  return NEXT[state].length === 0;
}

/** What a transition may change. */
export type ExecutionChange = Partial<
  Pick<Execution, 'stepIndex' | 'stepTry' | 'hold' | 'endedAtMs' | 'exitCode' | 'text' | 'outputTail' | 'servesSinceMs'>
>;

/**
 * The execution in its next state.
 *
 * @throws Error naming both states when the machine has no such transition.
 */
export function moved(execution: Execution, to: ExecutionState, change: ExecutionChange = {}): Execution {
  if (!canMove(execution.state, to))
    throw new Error(`execution ${execution.id} cannot go from ${execution.state} to ${to}`);
  return { ...execution, ...change, state: to };
}
