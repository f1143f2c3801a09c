import type { Risk, RiskReason } from '../model/risk.ts';
import type { FeatureVector } from './feature.ts';
import { toRow } from './feature.ts';
import { restoreForest } from './forest/stored-forest.ts';
import { sigmoid } from './logit.ts';
import type { Member } from './member.ts';
import { attributeBlend, blendScores } from './member.ts';
import { checkModelFile } from './model-check.ts';
import type { RiskModelFile, StoredMember } from './model-file.ts';
import { RiskError } from './risk-error.ts';
import { reasonText } from './words.ts';

/** A model ready to predict. */
export interface RiskModel {
  readonly file: RiskModelFile;
  readonly members: readonly Member[];
}

/**
 * Makes a model from parsed JSON.
 *
 * @throws RiskError `not-a-model`, `other-version` or `corrupted`, naming what was expected and what was found
 */
export function loadModel(json: unknown): RiskModel {
  const file = checkModelFile(json);
  return { file, members: file.members.map((member) => restoreMember(member, file.features.length)) };
}

/**
 * The risk of one deployment: calibrated probability, label by the model's threshold, and every feature's part.
 *
 * `rawScore` is the log odds of `probability`; `bias` and the reasons' contributions sum to it. Fast: well under 1 ms.
 *
 * @throws RiskError `feature-mismatch` when a feature of the model is absent, `bad-value` when it is not a number
 */
export function predictRisk(model: RiskModel, features: FeatureVector): Risk {
  return riskOfRow(model, toRow(model.file.features, features));
}

/** As `predictRisk`, for a row in the order of the model's features, NaN where missing. */
export function riskOfRow(model: RiskModel, row: Float64Array): Risk {
  const { calibration, features, threshold, baseRate, name, version } = model.file;
  const parts = attributeBlend(model.members, row);
  const contributions = parts.contributions.map((part) => part * calibration.slope);
  const bias = parts.bias * calibration.slope + calibration.intercept;
  const rawScore = contributions.reduce((sum, part) => sum + part, bias);
  const probability = sigmoid(rawScore);
  const reasons: RiskReason[] = features.map((feature, f) => {
    const value = Number.isNaN(row[f]!) ? null : row[f]!;
    return { feature: feature.name, value, contribution: contributions[f]!, text: reasonText(feature, value) };
  });
  reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    label: probability >= threshold.probability ? 'HIGH' : 'LOW',
    probability,
    baseRate,
    thresholdProbability: threshold.probability,
    rawScore,
    bias,
    reasons,
    model: `${name} ${version}`,
  };
}

/** Calibrated probability of each row of a data set in columns; the fast way, without explanation. */
export function probabilities(model: RiskModel, columns: readonly Float64Array[]): Float64Array {
  const { slope, intercept } = model.file.calibration;
  const scores = blendScores(model.members, columns);
  return scores.map((score) => sigmoid(slope * score + intercept));
}

function restoreMember(member: StoredMember, featureCount: number): Member {
  if (member.kind === 'forest') {
    return { kind: 'forest', weight: member.weight, forest: restoreForest(member.forest, featureCount) };
  }
  if (member.logistic.terms.length !== featureCount) {
    throw new RiskError(
      'corrupted',
      `The model's logistic part has ${member.logistic.terms.length} terms; expected one per feature, ${featureCount}.`,
    );
  }
  return member;
}
