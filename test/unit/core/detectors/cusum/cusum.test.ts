import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

const QUIET = Array.from({ length: 41 }, (_, i) => 100 + (i % 3) - 1);

it('sums what exceeds the allowance', () => {
  const detector = taught('cusum', QUIET, { floorPercent: 0 }, 'up');
  // Median 100, MAD 1: 103 is 3 / 1.4826 deviations, less ½.
  const step = 3 / 1.4826 - 0.5;
  const before = detector.scoreOne(100 + 1.4826 * 0.5, 0) * 10;
  expect(detector.scoreOne(103, 0)).toBeCloseTo((before + step) / 10, 12);
  detector.learnOne(103, 0);
  expect(detector.scoreOne(103, 0)).toBeCloseTo((before + 2 * step) / 10, 12);
});

it('does not sum on the good side', () => {
  expect(taught('cusum', QUIET, {}, 'up').scoreOne(10, 0)).toBe(0);
});
