import type { Plan, PlanStep, StepJudge } from '../model/rollback.ts';

const MINUTE_MS = 60_000;

/** How steps are judged unless the config says otherwise. */
export const DEFAULT_JUDGE: StepJudge = {
  healthAtLeast: 70,
  worseBy: 10,
  forMs: 2 * MINUTE_MS,
  holdMs: 15 * MINUTE_MS,
};

/**
 * The plan with health judged after each step that gives the earlier version more of the traffic, but for the last:
 * that one is judged by the plan's own verification.
 */
export function withJudging(plan: Plan, judge: StepJudge = DEFAULT_JUDGE): Plan {
  if (plan.strategy !== 'progressive' && plan.strategy !== 'ab') return plan;
  const last = plan.steps.findLastIndex(isShare);
  const steps = plan.steps.map((step) => (isShare(step) && step.index !== last ? { ...step, judge } : step));
  return { ...plan, steps };
}

function isShare({ action }: PlanStep): boolean {
  return action?.kind === 'traffic';
}
