import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

it('is rarest where no sample was', () => {
  const quiet = Array.from({ length: 250 }, (_, i) => 100 + 5 * Math.sin(i));
  const detector = taught('half-space-trees', quiet);
  expect(detector.scoreOne(130, 250)).toBeGreaterThan(detector.scoreOne(101, 250));
  expect(detector.scoreOne(130, 250)).toBeGreaterThan(1);
});
