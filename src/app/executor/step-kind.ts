import type { Plan, PlanStep } from '../../core/model/rollback.ts';

/** The step changes nothing: whatever comes of it, nothing was done. */
export function onlyReads(step: PlanStep): boolean {
  return step.action?.kind === 'check-capacity';
}

/** Steps before this one that may have changed something. */
export function changedBefore(plan: Plan, step: PlanStep): number {
  return plan.steps.filter((one) => one.index < step.index && !onlyReads(one)).length;
}

/** How far the plan has come before this step, as a clause for the reason that follows it. */
export function doneSoFar(plan: Plan, step: PlanStep): string {
  if (changedBefore(plan, step) === 0) return 'nothing was run';
  return `stopped before step ${step.index + 1} of ${plan.steps.length}, the steps before it were run`;
}
