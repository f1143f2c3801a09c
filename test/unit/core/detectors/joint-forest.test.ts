import { expect, it } from 'vitest';
import { JointForest } from '../../../../src/core/detectors/joint-forest.ts';
import { SeededUniform } from '../../../../src/core/stats/seeded-uniform.ts';

/** Load and latency that rise and fall together, and a third metric of its own. */
function machine(rows: number): readonly Float64Array[] {
  const random = new SeededUniform(4);
  const load = Float64Array.from({ length: rows }, () => random.next());
  return [load, load.map((one) => 100 * one + 3 * random.next()), load.map(() => random.next())];
}

const row = (...values: readonly number[]): Float64Array => Float64Array.from(values);

it('finds a row that no single metric gives away', () => {
  const forest = JointForest.train(machine(2000), 1);
  const [usual, odd] = [forest.next(row(0.5, 51, 0.5)), forest.next(row(0.98, 3, 0.02))];
  expect(usual).toBeLessThan(0.7);
  expect(odd).toBeGreaterThan(1);
});

it('gives the same scores for the same seed, and bears missing values', () => {
  const holed = machine(600).map((values) => values.map((value, i) => (i % 9 === 0 ? Number.NaN : value)));
  const [a, b] = [JointForest.train(holed, 7), JointForest.train(holed, 7)];
  expect(a.next(row(0.5, Number.NaN, 0.5))).toBe(b.next(row(0.5, Number.NaN, 0.5)));
  expect(a.next(row(Number.NaN, Number.NaN, Number.NaN))).toBeLessThan(1);
});
