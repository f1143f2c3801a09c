import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

it('scores the average against its control limit', () => {
  const detector = taught('ewma', [9, 11], { gracePeriod: 2, floorPercent: 0, weight: 0.5 });
  // Mean 10, variance 1 (equal weights so far), average (9 + 11) / 2 = 10; with 14 it is 12, limit 3 · √(0.5 / 1.5).
  expect(detector.scoreOne(14, 0)).toBeCloseTo(2 / (3 * Math.sqrt(1 / 3)), 12);
});

it('finds a small shift that stays', () => {
  const detector = taught(
    'ewma',
    Array.from({ length: 200 }, (_, i) => 100 + (i % 2 === 0 ? 5 : -5)),
  );
  let score = 0;
  for (let i = 0; i < 6; i += 1) {
    score = detector.scoreOne(112, i);
    detector.learnOne(112, i);
  }
  expect(score).toBeGreaterThan(0.8);
});
