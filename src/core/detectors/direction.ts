import type { SeriesContext } from './detector.ts';

/** How far a signed distance goes in the direction that is worse: 0 on the good side, the size of it for `both`. */
export function worseBy(worse: SeriesContext['worse'], distance: number): number {
  if (worse === 'both') return Math.abs(distance);
  return Math.max(0, worse === 'up' ? distance : -distance);
}
