import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

const QUIET = Array.from({ length: 55 }, (_, i) => (i % 2 === 0 ? 9 : 11));

it('measures how far a value is beyond the extremes', () => {
  const detector = taught('novelty', QUIET, { floorPercent: 0 });
  const mean = QUIET.reduce((sum, value) => sum + value, 0) / 55;
  const deviation = Math.sqrt(QUIET.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 54);
  expect(detector.scoreOne(12, 55 * 60_000)).toBeCloseTo(1 / deviation / 0.5, 10);
  expect(detector.scoreOne(10, 55 * 60_000)).toBe(0);
});

it('knows what happened once', () => {
  const detector = taught('novelty', [...QUIET, 30]);
  expect(detector.scoreOne(30, 60 * 60_000)).toBe(0);
  expect(detector.scoreOne(40, 60 * 60_000)).toBeGreaterThan(1);
});
