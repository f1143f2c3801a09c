import { join } from 'node:path';
import type { Execution, ExecutionState, Plan } from '../../core/model/rollback.ts';
import { moved, type ExecutionChange } from '../../core/session/execution-machine.ts';
import type { LeaseGrant } from '../../ports/store.ts';
import type { ExecutionChangeKind, ExecutorDeps, ExecutorTimes } from './types.ts';

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
  /**
   * The command is about to be started: from now on an announcement that fails stops nothing, since the end must be
   * recorded; it is told in the text instead.
   */
  begin(): void;
  /** Ends it. */
  end(to: ExecutionState, text: string, change?: ExecutionChange): void;
  /** Shows progress; not written, since it proves nothing. */
  show(change: Pick<ExecutionChange, 'text' | 'outputTail'>): void;
}

/** Takes an execution in hand; with a lease every write is fenced by it. */
export function actOn(deps: ExecutorDeps, plan: Plan, start: Execution, lease: LeaseGrant | null): Act {
  let execution = start;
  let begun = start.state === 'executing' || start.state === 'verifying' || start.state === 'unknown';
  let trouble: string | null = null;

  function move(to: ExecutionState, change: ExecutionChange = {}): void {
    const text = change.text === undefined || trouble === null ? {} : { text: `${change.text}; ${trouble}` };
    const next = moved(execution, to, { ...change, ...text });
    if (lease === null) deps.store.saveExecution(next);
    else if (!deps.store.moveExecution(next, lease)) {
      throw new LeaseLost(`execution ${execution.id} was taken over by another process`);
    }
    execution = next;
    announce('state');
  }

  function announce(kind: ExecutionChangeKind): void {
    try {
      deps.onChange(execution, kind);
    } catch (error) {
      if (!begun) throw error;
      trouble = `not everything was announced: ${(error as Error).message}`;
    }
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
    begin() {
      begun = true;
    },
    end: (to, text, change = {}) => move(to, { ...change, text, endedAtMs: deps.clock.nowMs() }),
    show(change) {
      execution = { ...execution, ...change };
      announce('progress');
    },
  };
}

/** Folder of the runs of a state directory. */
export function runsDir(deps: ExecutorDeps): string {
  return join(deps.stateDir.path, 'runs');
}

/** Folder of one run of a step of an execution. */
export function runDir(deps: ExecutorDeps, executionId: string, stepIndex: number, stepTry = 0): string {
  return join(runsDir(deps), `${executionId}-${stepIndex}${stepTry === 0 ? '' : `r${stepTry}`}`);
}
