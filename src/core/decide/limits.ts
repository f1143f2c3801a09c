import type { ActHistory, PastRollback } from '../model/history.ts';
import type { Policy } from '../model/policy.ts';

/** When the cooldown after the pipeline's last rollback ends; null when none holds. A cancelled attempt did nothing and does not count. */
export function cooldownUntil(pipeline: string, nowMs: number, policy: Policy, history: ActHistory): number | null {
  const lastMs = acts(history)
    .filter((act) => act.pipeline === pipeline)
    .reduce((latest, { atMs }) => Math.max(latest, atMs), Number.NEGATIVE_INFINITY);
  const untilMs = lastMs + policy.cooldownMs;
  return untilMs > nowMs ? untilMs : null;
}

/** Which budget is used up, and when it allows the next rollback; null when there is some left. */
export function budgetUsed(
  pipeline: string,
  nowMs: number,
  { budget }: Policy,
  history: ActHistory,
): { readonly whose: 'pipeline' | 'fleet'; readonly limit: number; readonly untilMs: number } | null {
  const recent = acts(history)
    .filter(({ atMs }) => atMs > nowMs - budget.windowMs)
    .sort((a, b) => a.atMs - b.atMs);
  const own = recent.filter((act) => act.pipeline === pipeline);
  const ownUntilMs = freeAt(own, budget.perPipeline, budget.windowMs);
  if (ownUntilMs !== null) return { whose: 'pipeline', limit: budget.perPipeline, untilMs: ownUntilMs };
  const fleetUntilMs = freeAt(recent, budget.perFleet, budget.windowMs);
  return fleetUntilMs === null ? null : { whose: 'fleet', limit: budget.perFleet, untilMs: fleetUntilMs };
}

/** When enough of the acts have left the window; Infinity for a budget of 0, null when fewer than `limit` are in it. */
function freeAt(recent: readonly PastRollback[], limit: number, windowMs: number): number | null {
  if (recent.length < limit) return null;
  const leaves = recent[recent.length - limit];
  return leaves === undefined ? Number.POSITIVE_INFINITY : leaves.atMs + windowMs;
}

function acts(history: ActHistory): PastRollback[] {
  return history.rollbacks.filter(({ state }) => state !== 'cancelled' && state !== 'planned');
}
