import type { Dataset } from './dataset.ts';
import { countPositives } from './dataset.ts';
import { aucInterval, brierScore, calibrationError, prAuc } from './metrics.ts';
import type { Evaluation } from './model-file.ts';

/** The measures of probabilities on rows the model had not seen. AUC interval: 500 resamples, 95 %. */
export function measure(forecasts: Float64Array, test: Dataset, protocol: string, seed: number): Evaluation {
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  const auc = aucInterval(forecasts, test.labels, 500, seed);
  return {
    protocol,
    rows: test.rowCount,
    positives: countPositives(test),
    auc: { value: round(auc.value), low: round(auc.low), high: round(auc.high) },
    prAuc: round(prAuc(forecasts, test.labels)),
    brier: round(brierScore(forecasts, test.labels)),
    ece: round(calibrationError(forecasts, test.labels)),
  };
}
