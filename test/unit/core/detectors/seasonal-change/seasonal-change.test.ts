import { expect, it } from 'vitest';
import { seasonalChange } from '../../../../../src/core/detectors/seasonal-change/seasonal-change.ts';
import { daysWithNoonPeak, taught } from '../taught.ts';

const MINUTE_MS = 60_000;

/** Scores of values that follow three days and `quiet` minutes of the fourth. */
function after(quiet: number, values: readonly number[]): readonly number[] {
  const all = daysWithNoonPeak(4);
  const detector = taught('seasonal-change', all.slice(0, 3 * 1440 + quiet));
  return values.map((value, i) => {
    const atMs = (3 * 1440 + quiet + i) * MINUTE_MS;
    const score = detector.scoreOne(value, atMs);
    detector.learnOne(value, atMs);
    return score;
  });
}

it('takes the rise of every day for what it is, and the same rise at another time for a change', () => {
  expect(Math.max(...after(720, [200, 201, 199]))).toBeLessThan(1);
  expect(after(600, [200, 201, 199])[0]).toBeGreaterThan(1);
});

it('misses the rise of every day when it does not come', () => {
  expect(Math.max(...after(720, [100, 101, 99, 100]))).toBeGreaterThan(1);
});

it('is a Hampel filter in the first day', () => {
  const values = Array.from({ length: 31 }, (_, i) => 100 + (i % 3) - 1);
  const detector = taught('seasonal-change', values, { floorPercent: 0 });
  const { sigma } = detector.explain(112, 31 * MINUTE_MS);
  // Half from the plain distance, 12 deviations of 1.4826, half from that of the root.
  expect(sigma).toBeGreaterThan(5);
  expect(sigma).toBeLessThan(12 / 1.4826 + 1);
});

it('lets a change go when it is over, though what passed the limit was not learned', () => {
  const quiet = Array.from({ length: 40 }, (_, i) => 100 + (i % 3) - 1);
  const detector = taught('seasonal-change', quiet);
  // The first two are learned, as a gate does below its limit; the third is the alarm.
  detector.learnOne(112, 40 * MINUTE_MS);
  detector.learnOne(112, 41 * MINUTE_MS);
  expect(detector.scoreOne(112, 42 * MINUTE_MS)).toBeGreaterThan(1);
  detector.passOne?.(112, 42 * MINUTE_MS);
  for (let i = 43; i < 46; i += 1) detector.passOne?.(100, i * MINUTE_MS);
  expect(detector.scoreOne(100, 46 * MINUTE_MS)).toBe(0);
});

it('sees a slow rise of a fast series: its level is the median of three minutes, not of half a minute', () => {
  const rise = Array.from({ length: 260 }, (_, i) => 100 + (i % 3) - 1 + Math.max(0, i - 200) / 4);
  const first = (stepMs: number): number => {
    const kind = seasonalChange.create({ metric: 'm', worse: 'up', limit: null, seed: 1 }, {});
    return rise.findIndex((value, i) => {
      const fires = kind.scoreOne(value, i * stepMs) > 1;
      kind.learnOne(value, i * stepMs);
      return fires;
    });
  };
  expect(first(1000)).toBeGreaterThan(200);
  expect(first(1000)).toBeLessThan(260);
  expect(first(MINUTE_MS)).toBe(-1);
});
