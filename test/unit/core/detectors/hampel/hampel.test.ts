import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

it('measures in median absolute deviations from the median', () => {
  const detector = taught('hampel', [1, 2, 3, 4, 1000], { gracePeriod: 5, floorPercent: 0 });
  // Median 3, distances 2 1 0 1 997, MAD 1.
  expect(detector.scoreOne(9, 0)).toBeCloseTo(6 / 1.4826 / 3, 12);
  expect(detector.explain(9, 0).expected).toEqual({ low: 3 - 3 * 1.4826, high: 3 + 3 * 1.4826 });
});

it('takes the floor where nothing moves', () => {
  const detector = taught('hampel', [50, 50, 50, 50, 50], { gracePeriod: 5, floorPercent: 2 });
  expect(detector.scoreOne(53, 0)).toBeCloseTo(1, 12);
});
