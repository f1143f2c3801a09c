import { mean, median } from 'simple-statistics';
import { numberText } from '../../model/value-text.ts';
import { seededRandom } from '../../risk/random.ts';
import { kolmogorovSmirnov } from '../../stats/kolmogorov-smirnov.ts';
import type { Classification, Comparison, ComparisonInput, ComparisonParameters } from './comparison.ts';
import { meanDifference, rankDifference, type Difference, type RankDifference } from './effective-tests.ts';
import { effectSize } from './kayenta.ts';
import { isRecurrent, recurrenceOf, type Recurrence } from './recurrence.ts';
import { certaintyText, changeText } from './result-words.ts';
import { samplesOf } from './samples.ts';

/** Parameters of the default judge. `tolerance`: a shift of the median below this share of it does not matter. */
export const DEFAULT_PARAMETERS: ComparisonParameters = {
  direction: 'either',
  tolerance: 0.05,
  confLevel: 0.98,
  effectSizeMeasure: 'meanRatio',
  allowedIncrease: 1,
  allowedDecrease: 1,
  criticalIncrease: 1,
  criticalDecrease: 1,
};

/** Fewer samples on a side are no sample. */
const LEAST_SAMPLES = 3;
/** Superiority from which on two samples are visibly apart: Cliff's delta of a third. */
const VISIBLY_APART = 0.665;
/** Change of the mean that matters where the bulk of the samples has not moved. */
const MEAN_RATIO = 1.25;

/** One way of being different, with its own evidence. */
interface Finding {
  readonly side: 'High' | 'Low';
  readonly difference: Difference;
  readonly reason: string;
}

/**
 * Classifies by three questions; the first with a yes decides, each for the side that counts as bad.
 *
 * 1. The control never varied: does the experiment do something new again and again (`recurrence.ts`)?
 * 2. Is the whole sample shifted: rank-sum test with its certainty reduced for dependence, at `confLevel`; visibly apart
 *    (superiority ≥ 0.665) and by at least `tolerance` of the control's median?
 * 3. Do rare large values move the mean: Welch's test, reduced alike, at `confLevel`, by at least a quarter?
 * `allowedIncrease` and `allowedDecrease` gate each of them, as in Kayenta; a mean of 0 opens the gate. Fewer than three
 * samples a side are no data. Missing samples are removed or count as 0; a side without any counts as all 0 then.
 * Measured false alarms on series that differ by nothing: docs/decisions/020-comparing-control-and-experiment.md.
 * Works badly where the samples drift during the comparison. Seeded: the same input gives the same answer. Never throws.
 */
export function compareByDefault(input: ComparisonInput): Comparison {
  const [control, experiment] = samplesOf(input);
  if (control.length < LEAST_SAMPLES || experiment.length < LEAST_SAMPLES) return tooFew(input, control, experiment);
  const { params, isCriticalMetric } = input;
  const deviation = effectSize(experiment, control, params);
  const recurrence = recurrenceOf(control, experiment);
  const findings =
    recurrence === null ? shifts(control, experiment, params) : recurrent(recurrence, control, experiment);
  const bad = findings.find(({ side }) => counts(side, params, deviation, false));
  if (bad === undefined) return { ...passed(control, experiment, params, recurrence), deviation };
  const { side, difference, reason } = bad;
  const critical = isCriticalMetric && counts(side, params, deviation, true);
  const { estimate, ci, p } = difference;
  return { classification: side, critical, deviation, estimate, ci, pValue: p, reason };
}

function shifts(control: readonly number[], experiment: readonly number[], params: ComparisonParameters): Finding[] {
  const ranks = rankDifference(experiment, control, params.confLevel);
  const means = differenceOfMeans(experiment, control, params);
  const alpha = 1 - params.confLevel;
  const found: Finding[] = [];
  const usual = median([...control]);
  const apart = isApart(ranks, params, usual);
  if (ranks.p < alpha && apart) {
    const reason = `median ${changeText(usual, median([...experiment]))}, ${certaintyText(ranks.p)}`;
    found.push({ side: ranks.estimate > 0 ? 'High' : 'Low', difference: ranks, reason });
  }
  const [after, before] = [mean([...experiment]), mean([...control])];
  if (means.p < alpha && movesMean(after, before)) {
    // Few samples that are all apart prove nothing by their ranks; their mean does.
    const how = apart ? '' : ' by rare large values';
    const reason = `mean ${changeText(before, after)}${how}, ${certaintyText(means.p)}`;
    found.push({ side: means.estimate > 0 ? 'High' : 'Low', difference: means, reason });
  }
  return found;
}

function recurrent(
  { usual, above, below, p }: Recurrence,
  control: readonly number[],
  experiment: readonly number[],
): Finding[] {
  const difference = { ...differenceOfMeans(experiment, control, DEFAULT_PARAMETERS), p };
  if (usual !== 0 && !movesMean(mean([...experiment]), usual) && !bulkMoved(usual, experiment)) return [];
  const found = (side: 'High' | 'Low', count: number): Finding[] => {
    if (!isRecurrent(count, experiment.length)) return [];
    const where = side === 'High' ? 'above' : 'below';
    const reason = `${count} of ${experiment.length} samples ${where} ${numberText(usual)}, which the control never left`;
    return [{ side, difference, reason }];
  };
  const sides = [...found('High', above), ...found('Low', below)];
  return difference.estimate >= 0 ? sides : sides.toReversed();
}

function differenceOfMeans(
  experiment: readonly number[],
  control: readonly number[],
  { confLevel }: ComparisonParameters,
): Difference {
  return meanDifference(experiment, control, confLevel, seededRandom(experiment.length * 31 + control.length));
}

function isApart(
  { estimate, superiority }: RankDifference,
  { tolerance }: ComparisonParameters,
  usual: number,
): boolean {
  const apart = estimate > 0 ? superiority >= VISIBLY_APART : 1 - superiority >= VISIBLY_APART;
  return apart && Math.abs(estimate) >= tolerance * Math.abs(usual) && estimate !== 0;
}

/** A constant control whose level the bulk of the experiment has left by the default tolerance. */
function bulkMoved(usual: number, experiment: readonly number[]): boolean {
  return Math.abs(median([...experiment]) - usual) >= DEFAULT_PARAMETERS.tolerance * Math.abs(usual);
}

function movesMean(after: number, before: number): boolean {
  if (before === 0) return after !== 0;
  // Across zero a ratio has no meaning; what crosses zero has moved.
  if (after * before <= 0) return true;
  const ratio = Math.abs(after / before);
  return ratio >= MEAN_RATIO || ratio <= 1 / MEAN_RATIO;
}

function counts(side: 'High' | 'Low', params: ComparisonParameters, deviation: number, critical: boolean): boolean {
  if (side === 'High') {
    const limit = critical ? params.criticalIncrease : params.allowedIncrease;
    return params.direction !== 'decrease' && (Number.isNaN(deviation) || deviation >= limit);
  }
  const limit = critical ? params.criticalDecrease : params.allowedDecrease;
  return params.direction !== 'increase' && (Number.isNaN(deviation) || deviation <= limit);
}

type Passed = Omit<Comparison, 'deviation'>;

function passed(
  control: readonly number[],
  experiment: readonly number[],
  params: ComparisonParameters,
  recurrence: Recurrence | null,
): Passed {
  const said = { classification: 'Pass', critical: false } as const;
  if (recurrence !== null) {
    const { estimate, ci } = differenceOfMeans(experiment, control, params);
    return {
      ...said,
      estimate,
      ci,
      pValue: recurrence.p,
      reason: unvaryingReason(recurrence, experiment.length, params),
    };
  }
  const ranks = rankDifference(experiment, control, params.confLevel);
  const shape = kolmogorovSmirnov(experiment, control);
  const { estimate, ci, p } = ranks;
  const significant = p < 1 - params.confLevel;
  const reason = significant
    ? `median ${changeText(median([...control]), median([...experiment]))}: ${harmless(estimate, params)}`
    : `no difference beyond chance (${certaintyText(p)}; distributions ${numberText(shape.distance * 100)} % apart at most)`;
  return { ...said, estimate, ci, pValue: p, reason };
}

/** Why it is no matter that the experiment leaves the one value of its control. */
function unvaryingReason({ above, below }: Recurrence, samples: number, params: ComparisonParameters): string {
  const count = Math.max(above, below);
  if (count === 0) return 'the same unvarying value on both sides';
  const why = isRecurrent(count, samples) ? harmless(above - below, params) : 'too few to be more than chance';
  return `${count} of ${samples} samples off a control that never varied: ${why}`;
}

function harmless(estimate: number, { direction }: ComparisonParameters): string {
  const isGood = (direction === 'increase' && estimate < 0) || (direction === 'decrease' && estimate > 0);
  return isGood ? 'not the direction that is worse' : 'too small to matter';
}

function tooFew(input: ComparisonInput, control: readonly number[], experiment: readonly number[]): Comparison {
  const failing = input.isDataRequired && !input.isCriticalMetric;
  const classification: Classification = failing ? 'NodataFailMetric' : 'Nodata';
  const counted = `${control.length} control and ${experiment.length} experiment samples`;
  return {
    classification,
    critical: input.isCriticalMetric,
    deviation: 1,
    estimate: null,
    ci: null,
    pValue: null,
    reason: `${counted}; ${LEAST_SAMPLES} of each are needed`,
  };
}
