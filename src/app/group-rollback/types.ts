import type { GroupRun } from '../../core/model/group-run.ts';
import type { Approval, Proposal } from '../../core/model/rollback.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { StateDir } from '../../store/state-dir.ts';
import type { Executor } from '../executor/index.ts';
import type { Outside } from '../executor/outside.ts';

/** All that a group rollback takes from outside. */
export interface GroupDeps {
  /** Carries out one service at a time, by all the rules of a rollback of one. */
  readonly executor: Pick<Executor, 'execute'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly stateDir: StateDir;
  /** The newest verdict on a pipeline; null when there is none. */
  readonly verdictOf: (pipeline: string) => Verdict | null;
  /** Called after the state is on disk. */
  readonly onChange: (run: GroupRun) => void;
  /** A hold has expired and the rollback has ended half-way: the place to ask a person. */
  readonly onHoldExpired?: (run: GroupRun) => void;
  /** Between two looks. */
  readonly pollMs?: number;
  /** Absent: real processes. */
  readonly outside?: Outside;
}

/** Rolls groups of services back. */
export interface GroupExecutor {
  /** Carries out an approved question about several services, once; resolves when all that was begun has ended. */
  execute(proposal: Proposal, approval: Approval): Promise<GroupRun>;
  /**
   * Ends what a process that is proven dead left half-way: nothing of it is begun any more. To be called when the
   * executions that were left are settled.
   */
  settle(): readonly GroupRun[];
}
