import type { Dataset } from './dataset.ts';
import { countPositives } from './dataset.ts';
import { describeColumn } from './drift.ts';
import type { FitSettings } from './fit.ts';
import { fitCalibrated } from './fit.ts';
import { storeForest } from './forest/stored-forest.ts';
import { sigmoid } from './logit.ts';
import type { Member } from './member.ts';
import { blendScores } from './member.ts';
import { modelChecksum } from './model-check.ts';
import { MODEL_FORMAT, MODEL_SCHEMA_VERSION } from './model-file.ts';
import type { Evaluation, RiskModelFile, StoredMember } from './model-file.ts';
import { RiskError } from './risk-error.ts';
import type { ThresholdRule } from './threshold.ts';
import { thresholdProbability } from './threshold.ts';

/** What a model is called and says of itself. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly label: string;
  readonly note: string;
}

/** Below these a model would be noise with a file format. */
const FEWEST_ROWS = 60;
const FEWEST_OF_A_CLASS = 10;

/**
 * Checks that something can be learned at all.
 *
 * @throws RiskError `too-few-rows` or `one-class`, with the counts needed and found
 */
export function checkTrainable(data: Dataset): void {
  const positives = countPositives(data);
  if (data.rowCount < FEWEST_ROWS) {
    throw new RiskError(
      'too-few-rows',
      `Training needs at least ${FEWEST_ROWS} past deployments; found ${data.rowCount}.`,
    );
  }
  if (positives === 0 || positives === data.rowCount) {
    const which = positives === 0 ? 'not one bad deployment' : 'only bad deployments';
    throw new RiskError('one-class', `Training needs good and bad deployments; found ${which} among ${data.rowCount}.`);
  }
  if (Math.min(positives, data.rowCount - positives) < FEWEST_OF_A_CLASS) {
    throw new RiskError(
      'too-few-rows',
      `Training needs at least ${FEWEST_OF_A_CLASS} good and ${FEWEST_OF_A_CLASS} bad deployments; found ${data.rowCount - positives} good and ${positives} bad.`,
    );
  }
}

/**
 * Trains a model and writes it as a file's content.
 *
 * @param data oldest first
 * @param evaluation how a model made in the same way did on later rows it had not seen; null when not measured
 * @throws RiskError `too-few-rows` or `one-class`
 */
export function trainModel(
  data: Dataset,
  weights: Float64Array | null,
  settings: FitSettings,
  rule: ThresholdRule,
  identity: ModelIdentity,
  evaluation: Evaluation | null,
): RiskModelFile {
  checkTrainable(data);
  const { members, calibration } = fitCalibrated(data, weights, settings);
  const scores = blendScores(members, data.columns);
  const forecasts = scores.map((score) => sigmoid(calibration.slope * score + calibration.intercept));
  const positives = countPositives(data);
  const content = {
    format: MODEL_FORMAT,
    schemaVersion: MODEL_SCHEMA_VERSION,
    name: identity.name,
    version: identity.version,
    engine: settings.engine,
    features: data.features,
    members: members.map(storedMember),
    calibration,
    threshold: { probability: thresholdProbability(rule, forecasts), rule },
    baseRate: positives / data.rowCount,
    training: {
      source: identity.source,
      label: identity.label,
      rows: data.rowCount,
      positives,
      fromMs: data.atMs[0]!,
      toMs: data.atMs[data.rowCount - 1]!,
      seed: settings.seed,
      note: identity.note,
    },
    evaluation,
    reference: data.columns.map(describeColumn),
  } satisfies Omit<RiskModelFile, 'checksum'>;
  return { ...content, checksum: modelChecksum(content) };
}

function storedMember(member: Member): StoredMember {
  return member.kind === 'forest'
    ? { kind: 'forest', weight: member.weight, forest: storeForest(member.forest) }
    : member;
}
