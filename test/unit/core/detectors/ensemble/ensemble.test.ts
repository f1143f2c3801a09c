import { expect, it } from 'vitest';
import { taught } from '../taught.ts';

it('has a quick part, the change times the fourth root of one and the novelty', () => {
  const values = Array.from({ length: 80 }, (_, i) => 100 + ((i * 7) % 5));
  const [atMs, value] = [80 * 60_000, 109];
  const change = taught('seasonal-change', values).scoreOne(value, atMs);
  const novel = taught('novelty', values).scoreOne(value, atMs);
  expect(novel).toBeGreaterThan(0);
  expect(taught('ensemble', values).quickOne!(value, atMs)).toBeCloseTo((change * (1 + novel) ** 0.25) / 1.1, 12);
});
