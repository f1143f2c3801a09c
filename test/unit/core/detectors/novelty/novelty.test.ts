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
  expect(detector.scoreOne(200, 60 * 60_000)).toBeGreaterThan(1);
});

it('is quiet about smaller news until the larger has faded', () => {
  const soon = taught('novelty', [...QUIET, 30]);
  const late = taught('novelty', [...QUIET, 30, ...QUIET, ...QUIET, ...QUIET, ...QUIET]);
  expect(soon.scoreOne(40, 60 * 60_000)).toBe(0);
  expect(late.scoreOne(40, 300 * 60_000)).toBeGreaterThan(1);
});

it('does not count as news what one day in five brings at that time', () => {
  const dayOf = (day: number): readonly number[] =>
    Array.from({ length: 1440 }, (_, minute) => (minute % 2) + (day === 2 && minute >= 600 && minute < 660 ? 8 : 0));
  const detector = taught('novelty', [0, 1, 2, 3, 4].flatMap(dayOf));
  const at = (5 * 1440 + 630) * 60_000;
  expect(detector.scoreOne(8, at)).toBe(0);
  expect(detector.scoreOne(30, at)).toBeGreaterThan(1);
});
