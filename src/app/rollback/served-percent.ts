import type { Execution, Plan } from '../../core/model/rollback.ts';
import type { PlanRequest } from '../../ports/platform.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Share of the traffic an earlier attempt at the same rollback has brought back, 0..100: a new one must not take it away
 * again. Only steps that have ended count.
 */
export function servedPercent(store: Pick<Store, 'recentExecutions' | 'proposal'>, request: PlanRequest): number {
  const { pipeline, fromVersion, toVersion } = request;
  const last = store
    .recentExecutions(50)
    .find(
      (one) =>
        one.pipeline === pipeline && one.fromVersion === fromVersion && one.toVersion === toVersion && !one.dryRun,
    );
  const plan = last === undefined ? undefined : store.proposal(last.proposalId)?.plan;
  if (last === undefined || plan === undefined || plan.deploymentId !== request.deploymentId) return 0;
  return shareAfter(plan, last);
}

function shareAfter(plan: Plan, execution: Execution): number {
  // Its last step may not have taken effect; the shares before it have.
  const through = execution.exitCode === 0 ? execution.stepIndex : execution.stepIndex - 1;
  const shares = plan.steps
    .slice(0, through + 1)
    .flatMap(({ action }) => (action?.kind === 'traffic' ? [action.percent] : []));
  return Math.min(99, shares.at(-1) ?? 0);
}
