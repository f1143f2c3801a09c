import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../core/model/verdict.ts';
import type { Act } from './act.ts';

/** Whether the pipeline came back: `no-data` = no live data to tell; `not-asked` = no health is required. */
export type Recovery =
  | { readonly kind: 'recovered'; readonly text: string }
  | { readonly kind: 'unhealthy'; readonly text: string }
  | { readonly kind: 'no-data'; readonly text: string }
  | { readonly kind: 'not-asked' };

interface GoodSpell {
  readonly sinceMs: number;
  /** Of the verdict it began with. */
  readonly verdictAtMs: number;
}

const NO_DATA: Recovery = { kind: 'no-data', text: 'there is no live data to tell whether it recovered' };

/**
 * Waits for the health to reach its limit before the deadline and to hold it; only live verdicts made after `sinceMs`
 * (Unix time) count. Durations by the monotonic clock.
 */
export async function awaitHealth(act: Act, sinceMs: number, deadlineMs: number): Promise<Recovery> {
  const { healthAtLeast, healthForMs } = act.plan.verify;
  if (healthAtLeast === null) return { kind: 'not-asked' };
  let good: GoodSpell | null = null;
  let last: number | null = null;
  for (;;) {
    const nowMs = act.deps.clock.monotonicMs();
    const verdict = liveVerdict(act, sinceMs);
    const health = verdict === null ? null : servingHealth(verdict);
    last = health ?? last;
    if (verdict === null || health === null || health < healthAtLeast) good = null;
    else good ??= { sinceMs: nowMs, verdictAtMs: verdict.atMs };
    if (good !== null && nowMs - good.sinceMs >= healthForMs) {
      // One verdict held up for a minute proves a moment, not a minute.
      if (healthForMs === 0 || verdict!.atMs > good.verdictAtMs) {
        return {
          kind: 'recovered',
          text: `health ${Math.round(health ?? 0)} held for ${Math.round(healthForMs / 1000)} s`,
        };
      }
      if (nowMs >= deadlineMs + healthForMs) return NO_DATA;
    }
    if (nowMs >= deadlineMs && good === null) {
      if (health === null) return NO_DATA;
      return { kind: 'unhealthy', text: `health is ${Math.round(health)}, not ${healthAtLeast} or more` };
    }
    act.show({
      text: `waiting for health ${healthAtLeast}: ${last === null ? 'no live data yet' : `now ${Math.round(last)}`}`,
    });
    await sleep(act.times.pollMs);
  }
}

/** Of the worst version that serves, where versions are judged apart: a bad side in a healthy blend is not recovery. */
function servingHealth({ health, sides = [] }: Verdict): number | null {
  const apart = sides.flatMap((side) => (side.health === null ? [] : [side.health]));
  return health.value === null ? null : Math.min(health.value, ...apart);
}

function liveVerdict(act: Act, sinceMs: number): Verdict | null {
  const verdict = act.deps.verdictOf(act.plan.pipeline);
  return verdict !== null && verdict.freshness === 'live' && verdict.atMs >= sinceMs ? verdict : null;
}
