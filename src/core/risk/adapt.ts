import { fitPlatt } from './calibration.ts';
import type { Dataset } from './dataset.ts';
import { countPositives } from './dataset.ts';
import { logit, sigmoid } from './logit.ts';
import { blendScores } from './member.ts';
import type { RiskModel } from './model.ts';
import { thresholdProbability } from './threshold.ts';

/** Fewer rows say too little about a base rate. */
const FEWEST_ROWS = 100;
/** With so many positives slope and level are fitted, with fewer only the level. */
const POSITIVES_FOR_SLOPE = 30;

/**
 * A model trained elsewhere, brought to the base rate of the place where it is used; the order of forecasts stays.
 *
 * @param past deployments of this place whose outcome is known; too few leave the model as it is
 */
export function adaptModel(model: RiskModel, past: Dataset): RiskModel {
  if (past.rowCount < FEWEST_ROWS) return model;
  const positives = countPositives(past);
  const scores = blendScores(model.members, past.columns);
  const calibration =
    positives >= POSITIVES_FOR_SLOPE
      ? fitPlatt(scores, past.labels)
      : levelled(model, scores, (positives + 1) / (past.rowCount + 2));
  const forecasts = scores.map((score) => sigmoid(calibration.slope * score + calibration.intercept));
  const { rule } = model.file.threshold;
  return {
    ...model,
    file: {
      ...model.file,
      calibration,
      baseRate: positives / past.rowCount,
      threshold: { rule, probability: thresholdProbability(rule, forecasts) },
    },
  };
}

/** The model's own slope with the intercept at which the mean forecast is `rate`. */
function levelled(model: RiskModel, scores: Float64Array, rate: number): { slope: number; intercept: number } {
  const { slope } = model.file.calibration;
  const mean = (intercept: number): number =>
    scores.reduce((sum, score) => sum + sigmoid(slope * score + intercept), 0) / scores.length;
  let intercept = model.file.calibration.intercept;
  for (let step = 0; step < 30; step++) intercept += logit(rate) - logit(mean(intercept));
  return { slope, intercept };
}
