import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

it('takes the split with the largest shift', () => {
  const before = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 9 : 11));
  const detector = taught('change-point', [...before, 15, 17, 15], { floorPercent: 0, limit: 1 });
  const values = [...before, 15, 17, 15];
  let squares = 0;
  for (let i = 1; i < values.length; i += 1) squares += (values[i]! - values[i - 1]!) ** 2;
  const sigma = Math.sqrt(squares / (values.length - 1) / 2);
  expect(detector.scoreOne(17, 0)).toBeCloseTo(6 / (sigma * Math.sqrt(1 / 4 + 1 / 20)), 10);
});
