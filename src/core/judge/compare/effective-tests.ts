import { meanDifferenceInterval } from '../../stats/block-bootstrap.ts';
import { varianceInflation } from '../../stats/dependence.ts';
import { mannWhitneyShift } from '../../stats/mann-whitney.ts';
import { normalQuantile } from '../../stats/normal-quantile.ts';
import { normalTail, studentTwoSided } from '../../stats/normal-tail.ts';
import { rankSumTest } from '../../stats/rank-sum-test.ts';
import { columnMoments } from '../../stats/moments.ts';

/** A difference between two samples, with what is left of its certainty once dependence is taken off. */
export interface Difference {
  /** Experiment − control, in the metric's unit. */
  readonly estimate: number;
  readonly ci: { readonly low: number; readonly high: number };
  /** Two-sided. */
  readonly p: number;
}

export interface RankDifference extends Difference {
  /** Probability that a sample of the experiment is above one of the control, ties counted half. */
  readonly superiority: number;
}

const ROUNDS = 500;

/**
 * Shift of location by ranks: Hodges-Lehmann estimate; z of the rank-sum test divided by √(variance inflation), taken as
 * t with the effective number of samples − 2 degrees of freedom; the interval widened alike.
 */
export function rankDifference(
  experiment: readonly number[],
  control: readonly number[],
  confidence: number,
): RankDifference {
  const inflation = varianceInflation([control, experiment]);
  const { z, superiority } = rankSumTest(experiment, control);
  const freedom = Math.max(2, (experiment.length + control.length) / inflation - 2);
  const p = studentTwoSided(z / Math.sqrt(inflation), freedom);
  const widened = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(inflation);
  // The root finder works to an absolute accuracy; in units of the spread that is far below anything of interest.
  const unit = spreadOf([...experiment, ...control]);
  const scaled = (values: readonly number[]): readonly number[] => values.map((value) => value / unit);
  const level = Math.min(0.999_999, 1 - 2 * normalTail(widened));
  const shift = mannWhitneyShift(scaled(experiment), scaled(control), level);
  return { estimate: shift.estimate * unit, ci: { low: shift.low * unit, high: shift.high * unit }, p, superiority };
}

/**
 * Difference of the means, to which rare large values count: Welch's t with the variances inflated for dependence; the
 * interval by a block bootstrap with runs as long as the dependence.
 */
export function meanDifference(
  experiment: readonly number[],
  control: readonly number[],
  confidence: number,
  random: () => number,
): Difference {
  const inflation = varianceInflation([control, experiment]);
  const [x, y] = [columnMoments(Float64Array.from(experiment)), columnMoments(Float64Array.from(control))];
  const estimate = x.mean - y.mean;
  const [a, b] = [(inflation * x.deviation ** 2) / x.count, (inflation * y.deviation ** 2) / y.count];
  const blockLength = Math.max(1, Math.ceil(inflation));
  const ci = meanDifferenceInterval(experiment, control, { blockLength, confidence, rounds: ROUNDS, random });
  if (!(a + b > 0)) return { estimate, ci, p: estimate === 0 ? 1 : 0 };
  const left = (n: number): number => Math.max(1, n / inflation - 1);
  const freedom = (a + b) ** 2 / (a ** 2 / left(x.count) + b ** 2 / left(y.count));
  return { estimate, ci, p: studentTwoSided(estimate / Math.sqrt(a + b), Math.max(1, freedom)) };
}

/** Middle half, else the whole range, of the values; 1 where all are equal. */
function spreadOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  return at(0.75) - at(0.25) || at(1) - at(0) || 1;
}
