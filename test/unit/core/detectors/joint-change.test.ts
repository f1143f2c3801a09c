import { expect, it } from 'vitest';
import { JointChange } from '../../../../src/core/detectors/joint-change.ts';

const METRICS = 8;
const columns = Array.from({ length: METRICS }, (_, metric) =>
  Float64Array.from({ length: 400 }, (_unused, i) => 0.5 + 0.01 * Math.sin(i * (metric + 1))),
);

it('weighs a fault on a quarter of the metrics above one on a single metric', () => {
  const train = () => JointChange.train(columns, { window: 20, block: 60, settle: 40 });
  const row = (broken: number): Float64Array =>
    Float64Array.from({ length: METRICS }, (_, i) => (i < broken ? 0.9 : 0.5));
  const [one, two] = [train().next(row(1)), train().next(row(2))];
  expect(one).toBeGreaterThan(1);
  expect(two).toBeGreaterThan(one * 1.5);
  expect(train().next(row(0))).toBeLessThan(0.5);
});
