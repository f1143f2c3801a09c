import { setTimeout as sleep } from 'node:timers/promises';
import type { Act } from './act.ts';

/** Whether the pipeline came back: `no-data` = no live data to tell; `not-asked` = no health is required. */
export type Recovery =
  | { readonly kind: 'recovered'; readonly text: string }
  | { readonly kind: 'unhealthy'; readonly text: string }
  | { readonly kind: 'no-data'; readonly text: string }
  | { readonly kind: 'not-asked' };

/**
 * Waits for the health to reach its limit before the deadline and to hold it; only live verdicts made after `sinceMs`
 * (Unix time) count. Durations by the monotonic clock.
 */
export async function awaitHealth(act: Act, sinceMs: number, deadlineMs: number): Promise<Recovery> {
  const { healthAtLeast, healthForMs } = act.plan.verify;
  if (healthAtLeast === null) return { kind: 'not-asked' };
  let goodSinceMs: number | null = null;
  let last: number | null = null;
  for (;;) {
    const nowMs = act.deps.clock.monotonicMs();
    const health = liveHealth(act, sinceMs);
    last = health ?? last;
    if (health === null || health < healthAtLeast) goodSinceMs = null;
    else goodSinceMs ??= nowMs;
    if (goodSinceMs !== null && nowMs - goodSinceMs >= healthForMs) {
      return {
        kind: 'recovered',
        text: `health ${Math.round(health ?? 0)} held for ${Math.round(healthForMs / 1000)} s`,
      };
    }
    if (nowMs >= deadlineMs && goodSinceMs === null) {
      if (health === null) return { kind: 'no-data', text: 'there is no live data to tell whether it recovered' };
      return { kind: 'unhealthy', text: `health is ${Math.round(health)}, not ${healthAtLeast} or more` };
    }
    act.show({
      text: `waiting for health ${healthAtLeast}: ${last === null ? 'no live data yet' : `now ${Math.round(last)}`}`,
    });
    await sleep(act.times.pollMs);
  }
}

function liveHealth(act: Act, sinceMs: number): number | null {
  const verdict = act.deps.verdictOf(act.plan.pipeline);
  if (verdict === null || verdict.freshness !== 'live' || verdict.atMs < sinceMs) return null;
  return verdict.health.value;
}
