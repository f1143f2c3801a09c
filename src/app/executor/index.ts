import type { Approval, Execution, Proposal } from '../../core/model/rollback.ts';
import { execute } from './execute.ts';
import { reconcile, settleOwnLeftovers } from './reconcile.ts';
import { resolve } from './resolve.ts';
import type { Executor, ExecutorDeps } from './types.ts';

export type { Executor, ExecutorDeps, Statement, SupervisorEntry } from './types.ts';

/** Makes the executor of this process. Several may share one store: leases keep them apart. */
export function createExecutor(deps: ExecutorDeps): Executor {
  const inHand = new Set<string>();
  return {
    async execute(proposal: Proposal, approval: Approval): Promise<Execution> {
      await settleOwnLeftovers(deps, inHand);
      return execute(deps, inHand, proposal, approval);
    },
    reconcile: () => reconcile(deps, inHand),
    resolve: (executionId, by, says) => resolve(deps, executionId, by, says),
  };
}
