import { expect, it } from 'vitest';
import { JointChange } from '../../../../src/core/detectors/joint-change.ts';

const METRICS = 8;
const SAMPLES = 600;

/** Metrics that ripple around their level; `perDay` samples make a day that they follow by `swing`. */
function machine(swing: number, unit = 1): readonly Float64Array[] {
  return Array.from({ length: METRICS }, (_, metric) =>
    Float64Array.from(
      { length: SAMPLES },
      (_unused, i) => unit * (0.5 + 0.01 * Math.sin(i * (metric + 1)) + swing * Math.sin((2 * Math.PI * i) / 288)),
    ),
  );
}

function rowOf(broken: number, unit = 1): Float64Array {
  return Float64Array.from({ length: METRICS }, (_, i) => unit * (i < broken ? 0.9 : 0.5));
}

it('weighs a fault on a quarter of the metrics above one on a single metric', () => {
  const train = () => JointChange.train(machine(0), 1440);
  const [one, two] = [train().next(rowOf(1)), train().next(rowOf(2))];
  expect(one).toBeGreaterThan(1);
  expect(two).toBeGreaterThan(one * 1.5);
  expect(train().next(rowOf(0))).toBeLessThan(0.5);
});

it('gives the same score in any unit', () => {
  const [plain, bytes] = [JointChange.train(machine(0), 1440), JointChange.train(machine(0, 2 ** 30), 1440)];
  expect(bytes.next(rowOf(2, 2 ** 30))).toBeCloseTo(plain.next(rowOf(2)), 6);
});

it('looks back a short while where the metrics follow the day', () => {
  const joint = JointChange.train(machine(0.4), 288);
  // The training ends near 0.7: a level that the day brings by itself within hours, now at once.
  const jump = Float64Array.from({ length: METRICS }, () => 0.3);
  expect(joint.next(jump)).toBeGreaterThan(1);
  expect(joint.next(jump)).toBeGreaterThan(0);
  for (let i = 0; i < 6; i += 1) joint.next(jump);
  expect(joint.next(jump)).toBeLessThan(0.1);
});

it('learns from what is there where values are missing', () => {
  const holes = machine(0).map((values) => values.map((value, i) => (i % 7 === 0 ? Number.NaN : value)));
  const joint = JointChange.train(holes, 1440);
  expect(joint.next(rowOf(0).fill(Number.NaN))).toBeLessThan(0.5);
  expect(joint.next(rowOf(2))).toBeGreaterThan(1);
});
