import type { Dataset } from './dataset.ts';
import { countPositives, sliceRows } from './dataset.ts';
import { sigmoid } from './logit.ts';
import { measure } from './measure.ts';
import { blendScores } from './member.ts';
import type { Evaluation } from './model-file.ts';
import type { FitSettings } from './fit.ts';
import { fitCalibrated } from './fit.ts';

const DAY_MS = 86_400_000;

/** How rows are held back: the latest `testShare`, and nothing is learned from the `embargoDays` before them. */
export interface SplitRule {
  readonly testShare: number;
  /** As long as a label needs to become known. */
  readonly embargoDays: number;
}

/** Earlier rows to learn from and later rows to be judged on, with the embargo between them left out. */
export function splitByTime(data: Dataset, rule: SplitRule): { readonly train: Dataset; readonly test: Dataset } {
  const from = Math.floor(data.rowCount * (1 - rule.testShare));
  const test = sliceRows(data, from, data.rowCount);
  const limit = (test.atMs[0] ?? Infinity) - rule.embargoDays * DAY_MS;
  let end = from;
  while (end > 0 && rule.embargoDays > 0 && data.atMs[end - 1]! > limit) end--;
  return { train: sliceRows(data, 0, end), test };
}

/**
 * Trains on the earlier rows and measures on the later ones, as `trainModel` would have done at that time.
 *
 * Null when either part has too few good or bad deployments to say anything (10 of each).
 */
export function evaluateByTime(
  data: Dataset,
  weights: Float64Array | null,
  settings: FitSettings,
  rule: SplitRule,
): Evaluation | null {
  const { train, test } = splitByTime(data, rule);
  if (!bothClasses(train) || !bothClasses(test)) return null;
  const { members, calibration } = fitCalibrated(train, weights?.subarray(0, train.rowCount) ?? null, settings);
  const forecasts = blendScores(members, test.columns).map((score) =>
    sigmoid(calibration.slope * score + calibration.intercept),
  );
  const protocol = `last ${Math.round(rule.testShare * 100)} % by time, ${rule.embargoDays} days of embargo before them`;
  return measure(forecasts, test, protocol, settings.seed);
}

function bothClasses(data: Dataset): boolean {
  const positives = countPositives(data);
  return positives >= 10 && data.rowCount - positives >= 10;
}
