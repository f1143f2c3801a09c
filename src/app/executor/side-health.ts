import type { Verdict } from '../../core/model/verdict.ts';
import type { Act } from './act.ts';

/** Health now, 0..100, from live data made after a time; null where there is none. */
export interface SideHealth {
  /** When it was measured; two looks at the same measurement are one. */
  readonly atMs: number;
  /** Of the whole pipeline. */
  readonly whole: number;
  /** Of the version that is returned to, where both are judged apart; else null. */
  readonly earlier: number | null;
  /** Of the version that is rolled back from, while it serves; else null. */
  readonly present: number | null;
}

/** What is measured now; null without live data since `sinceMs` (Unix time). */
export function sideHealth(act: Act, sinceMs: number): SideHealth | null {
  const { pipeline } = act.plan;
  const verdict = act.deps.verdictOf(pipeline);
  if (verdict === null || verdict.freshness !== 'live' || verdict.atMs < sinceMs) return null;
  if (verdict.health.value === null) return null;
  return {
    atMs: verdict.atMs,
    whole: verdict.health.value,
    earlier: healthOf(verdict, act.plan.toVersion),
    present: healthOf(verdict, act.plan.fromVersion),
  };
}

function healthOf({ sides = [] }: Verdict, version: string): number | null {
  return sides.find((side) => side.version === version)?.health ?? null;
}

/** The worst of what still serves: a healthy blend with a bad side in it is not healthy. */
export function worstServing({ whole, present }: SideHealth): number {
  return present === null ? whole : Math.min(whole, present);
}

/** How the version returned to does: by itself where that is known, else by the whole. */
export function returnedHealth({ whole, earlier }: SideHealth): number {
  return earlier ?? whole;
}
