import { expect, it } from 'vitest';
import { daysWithNoonPeak, taught } from '../taught.ts';

const NOON_MS = (3 * 1440 + 750) * 60_000;
const MIDNIGHT_MS = 3 * 1440 * 60_000;

it('knows the same time of earlier days', () => {
  const detector = taught('seasonal', daysWithNoonPeak(3));
  expect(detector.scoreOne(200, NOON_MS)).toBeLessThan(0.2);
  expect(detector.scoreOne(200, MIDNIGHT_MS)).toBeGreaterThan(1);
  expect(detector.explain(200, MIDNIGHT_MS).expected!.high).toBeLessThan(120);
});
