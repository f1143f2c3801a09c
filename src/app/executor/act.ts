import { join } from 'node:path';
import type { Execution, ExecutionState, Plan } from '../../core/model/rollback.ts';
import { moved, type ExecutionChange } from '../../core/session/execution-machine.ts';
import type { LeaseGrant } from '../../ports/store.ts';
import type { ExecutorDeps, ExecutorTimes } from './types.ts';

const DEFAULT_TIMES: ExecutorTimes = { pollMs: 250, graceMs: 10_000, launchMs: 30_000, overdueMs: 60_000 };

/** Another process was granted the lease since: this one must not write or do anything more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** One execution in the hands of this process. */
export interface Act {
  readonly deps: ExecutorDeps;
  readonly times: ExecutorTimes;
  readonly plan: Plan;
  readonly lease: LeaseGrant | null;
  readonly execution: Execution;
  /** Writes the next state, then announces it. @throws LeaseLost when another process took over; nothing is written then. */
  move(to: ExecutionState, change?: ExecutionChange): void;
  /** Ends it. */
  end(to: ExecutionState, text: string, change?: ExecutionChange): void;
  /** Shows progress; not written, since it proves nothing. */
  show(change: Pick<ExecutionChange, 'text' | 'outputTail'>): void;
}

/** Takes an execution in hand; with a lease every write is fenced by it. */
export function actOn(deps: ExecutorDeps, plan: Plan, start: Execution, lease: LeaseGrant | null): Act {
  let execution = start;

  function move(to: ExecutionState, change: ExecutionChange = {}): void {
    const next = moved(execution, to, change);
    if (lease === null) deps.store.saveExecution(next);
    else if (!deps.store.moveExecution(next, lease)) {
      throw new LeaseLost(`execution ${execution.id} was taken over by another process`);
    }
    execution = next;
    deps.onChange(execution, 'state');
  }

  return {
    deps,
    times: { ...DEFAULT_TIMES, ...deps.times },
    plan,
    lease,
    get execution() {
      return execution;
    },
    move,
    end: (to, text, change = {}) => move(to, { ...change, text, endedAtMs: deps.clock.nowMs() }),
    show(change) {
      execution = { ...execution, ...change };
      deps.onChange(execution, 'progress');
    },
  };
}

/** Folder of the runs of a state directory. */
export function runsDir(deps: ExecutorDeps): string {
  return join(deps.stateDir.path, 'runs');
}

/** Folder of one step of an execution. */
export function runDir(deps: ExecutorDeps, executionId: string, stepIndex: number): string {
  return join(runsDir(deps), `${executionId}-${stepIndex}`);
}
