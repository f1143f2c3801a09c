import { mean } from 'simple-statistics';
import { mannWhitneyShift, type LocationShift } from '../../stats/mann-whitney.ts';
import type { Comparison, ComparisonInput, ComparisonParameters } from './comparison.ts';

/** Defaults of Kayenta's NetflixACAJudge-v1.0 (commit a69573b): what it passes, not what its classes default to. */
export const KAYENTA_PARAMETERS: ComparisonParameters = {
  direction: 'either',
  tolerance: 0.25,
  confLevel: 0.98,
  effectSizeMeasure: 'meanRatio',
  allowedIncrease: 1,
  allowedDecrease: 1,
  criticalIncrease: 1,
  criticalDecrease: 1,
};

/**
 * Classifies as Kayenta's Mann-Whitney classifier does, so that its cases come out as there.
 *
 * High when the interval of the shift lies above tolerance · |estimate|, an increase counts as bad, and the effect size
 * reaches `allowedIncrease`; Low is its mirror image. An effect size without meaning (a mean of 0) opens the gate.
 * Works badly on short, sparse or autocorrelated samples: it judges significance, hardly size. Never throws.
 * Reference: spinnaker/kayenta a69573b, MannWhitneyClassifier.scala.
 */
export function compareAsKayenta(input: ComparisonInput): Comparison {
  const control = cleaned(input.control, input.nanStrategy);
  const experiment = cleaned(input.experiment, input.nanStrategy);
  if (control.length === 0 || experiment.length === 0) return withoutData(input);
  if (sameValues(control, experiment)) {
    return { ...passed(1, 'control and experiment hold the same values'), estimate: 0, ci: { low: 0, high: 0 } };
  }
  const shift = shiftOf(experiment, control, input.params.confLevel);
  const deviation = effectSize(experiment, control, input.params);
  return { ...classified(shift, deviation, input), estimate: shift.estimate, ci: { low: shift.low, high: shift.high } };
}

type Finding = Pick<Comparison, 'classification' | 'critical' | 'deviation' | 'pValue' | 'reason'>;

function classified(shift: LocationShift, deviation: number, { params, isCriticalMetric }: ComparisonInput): Finding {
  const bound = params.tolerance * Math.abs(shift.estimate);
  const found = (classification: 'High' | 'Low', critical: boolean, reason: string): Finding => {
    return { classification, critical: isCriticalMetric && critical, deviation, pValue: null, reason };
  };
  const reaches = (limit: number, increase: boolean): boolean =>
    Number.isNaN(deviation) || (increase ? deviation >= limit : deviation <= limit);
  if (params.direction !== 'decrease' && shift.low > bound && reaches(params.allowedIncrease, true)) {
    return found('High', reaches(params.criticalIncrease, true), 'the experiment is higher than the control');
  }
  if (params.direction !== 'increase' && shift.high < -bound && reaches(params.allowedDecrease, false)) {
    return found('Low', reaches(params.criticalDecrease, false), 'the experiment is lower than the control');
  }
  return passed(deviation, 'no difference beyond the tolerance in the direction that counts');
}

function passed(deviation: number, reason: string): Finding {
  return { classification: 'Pass', critical: false, deviation, pValue: null, reason };
}

function withoutData({ nanStrategy, isCriticalMetric, isDataRequired }: ComparisonInput): Comparison {
  const empty = { deviation: 1, estimate: null, ci: null, pValue: null };
  if (nanStrategy === 'replace') {
    return {
      ...empty,
      classification: 'Pass',
      critical: false,
      reason: 'no samples; missing counts as 0 on both sides',
    };
  }
  const failing = isDataRequired && !isCriticalMetric;
  const reason = failing ? 'no samples, and the metric must have some' : 'no samples';
  return { ...empty, classification: failing ? 'NodataFailMetric' : 'Nodata', critical: isCriticalMetric, reason };
}

/** NaN removed, or replaced with 0; an array without any samples stays empty. */
export function cleaned(values: readonly number[], strategy: ComparisonInput['nanStrategy']): readonly number[] {
  if (strategy === 'remove') return values.filter((value) => Number.isFinite(value));
  return values.map((value) => (Number.isFinite(value) ? value : 0));
}

function sameValues(a: readonly number[], b: readonly number[]): boolean {
  const [first, second] = [a.toSorted((x, y) => x - y), b.toSorted((x, y) => x - y)];
  const equal = first.length === second.length && first.every((value, i) => value === second[i]);
  return equal || new Set([...a, ...b]).size === 1;
}

/** Two constants differ by exactly their difference: ranks tell nothing there. */
function shiftOf(experiment: readonly number[], control: readonly number[], confidence: number): LocationShift {
  if (new Set(experiment).size === 1 && new Set(control).size === 1) {
    const difference = experiment[0]! - control[0]!;
    return { estimate: difference, low: difference, high: difference };
  }
  return mannWhitneyShift(experiment, control, confidence);
}

/** Ratio of means (NaN when either is 0), or the share of pairs in which the experiment is above, ties counted half. */
export function effectSize(
  experiment: readonly number[],
  control: readonly number[],
  { effectSizeMeasure }: Pick<ComparisonParameters, 'effectSizeMeasure'>,
): number {
  if (effectSizeMeasure === 'cles') {
    const wins = experiment.flatMap((x) => control.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
    return mean(wins);
  }
  const [above, below] = [mean([...experiment]), mean([...control])];
  return above === 0 || below === 0 ? Number.NaN : above / below;
}
