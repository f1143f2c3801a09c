import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

const QUIET = Array.from({ length: 200 }, (_, i) => 100 + 5 * Math.sin(i));

it('sets a jump apart from the ripple, in both directions', () => {
  const detector = taught('isolation-forest', QUIET);
  expect(detector.scoreOne(QUIET[120]!, 200 * 60_000)).toBeLessThan(1);
  expect(detector.scoreOne(130, 200 * 60_000)).toBeGreaterThan(1);
  expect(detector.scoreOne(60, 200 * 60_000)).toBeGreaterThan(1);
});
