import type { Dataset } from '../../src/core/risk/dataset.ts';
import { sigmoid } from '../../src/core/risk/logit.ts';
import { bootstrapGains, calibrationError, prAuc, rocAuc } from '../../src/core/risk/metrics.ts';
import type { FitSettings, Fitted } from '../../src/core/risk/fit.ts';
import { fitCalibrated, fitMembers } from '../../src/core/risk/fit.ts';
import { blendScores } from '../../src/core/risk/member.ts';

export const ROUNDS = 1000;

/** Logistic regression on log-compressed, standardised features: the baseline of every table, as scikit-learn's C=1. */
export function plainLogistic(train: Dataset, test: Dataset): Float64Array {
  const members = fitMembers(train, null, PLAIN, 1);
  return blendScores(members, test.columns);
}

const PLAIN: FitSettings = {
  engine: 'histogram-forest',
  trees: 0,
  minLeaf: 1,
  positiveWeight: 1,
  logisticShare: 1,
  ridge: 1,
  seed: 1,
  prior: null,
};

/** Calibrated probabilities of a model trained by the product's own path. */
export function forecast(fitted: Fitted, test: Dataset): Float64Array {
  const { slope, intercept } = fitted.calibration;
  return blendScores(fitted.members, test.columns).map((score) => sigmoid(slope * score + intercept));
}

/** Trains as the product does and forecasts the test rows. */
export function ownForecast(train: Dataset, test: Dataset, settings: FitSettings): Float64Array {
  return forecast(fitCalibrated(train, null, settings), test);
}

/** What is printed of one contender on one project. */
export interface Measures {
  readonly auc: number;
  readonly prAuc: number;
  readonly ece: number | null;
}

/** AUC and PR-AUC of scores; calibration error only where they are probabilities. */
export function measures(scores: Float64Array, test: Dataset, calibrated: boolean): Measures {
  return {
    auc: rocAuc(scores, test.labels),
    prAuc: prAuc(scores, test.labels),
    ece: calibrated ? calibrationError(scores, test.labels) : null,
  };
}

/** Mean gain in AUC over several projects, with its 95 % interval by paired bootstrap within each project. */
export function meanGain(
  pairs: readonly { readonly ours: Float64Array; readonly theirs: Float64Array; readonly labels: Uint8Array }[],
): { readonly gain: number; readonly low: number; readonly high: number } {
  const rounds = new Float64Array(ROUNDS);
  let gain = 0;
  pairs.forEach(({ ours, theirs, labels }, index) => {
    gain += (rocAuc(ours, labels) - rocAuc(theirs, labels)) / pairs.length;
    bootstrapGains(ours, theirs, labels, ROUNDS, 100 + index).forEach((value, round) => {
      rounds[round]! += value / pairs.length;
    });
  });
  rounds.sort();
  return { gain, low: rounds[Math.floor(0.025 * ROUNDS)]!, high: rounds[Math.floor(0.975 * ROUNDS)]! };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
