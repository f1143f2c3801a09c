import type { Calibration } from './calibration.ts';
import { fitPlatt } from './calibration.ts';
import type { Dataset } from './dataset.ts';
import { countPositives, sliceRows } from './dataset.ts';
import { describeColumn } from './drift.ts';
import type { EngineName } from './engines/engine.ts';
import { riskEngine } from './engines/registry.ts';
import { storeForest } from './forest/stored-forest.ts';
import { fitLogistic } from './logistic.ts';
import type { Member } from './member.ts';
import { blendScores } from './model.ts';
import { modelChecksum } from './model-check.ts';
import { MODEL_FORMAT, MODEL_SCHEMA_VERSION } from './model-file.ts';
import type { Evaluation, RiskModelFile, StoredMember } from './model-file.ts';
import { RiskError } from './risk-error.ts';
import { sigmoid } from './logit.ts';
import type { ThresholdRule } from './threshold.ts';
import { thresholdProbability } from './threshold.ts';

/** How the members of a model are fitted. */
export interface FitSettings {
  readonly engine: EngineName;
  readonly trees: number;
  readonly minLeaf: number;
  readonly positiveWeight: number | 'balanced';
  /** Share of the logistic regression in the blend, 0..1; 0 leaves it out. */
  readonly logisticShare: number;
  readonly ridge: number;
  readonly seed: number;
}

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

/** Share of the training rows, the latest, on which the calibration is fitted. */
const CALIBRATION_SHARE = 0.15;

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

/** Fits forest and logistic regression to a data set; `weights` say how often a row counts. */
export function fitMembers(data: Dataset, weights: Float64Array | null, settings: FitSettings): readonly Member[] {
  const members: Member[] = [];
  if (settings.logisticShare < 1) {
    const training = { columns: data.columns, labels: data.labels, weights };
    const forest = riskEngine(settings.engine).fit(training, settings);
    members.push({ kind: 'forest', weight: 1 - settings.logisticShare, forest });
  }
  if (settings.logisticShare > 0) {
    const logistic = fitLogistic(data.columns, data.labels, weights, settings.ridge);
    members.push({ kind: 'logistic', weight: settings.logisticShare, logistic });
  }
  return members;
}

/** Members fitted to all rows, calibrated by a twin fitted to all but the latest 15 %. */
export function fitCalibrated(
  data: Dataset,
  weights: Float64Array | null,
  settings: FitSettings,
): { readonly members: readonly Member[]; readonly calibration: Calibration } {
  const cut = Math.floor(data.rowCount * (1 - CALIBRATION_SHARE));
  const late = sliceRows(data, cut, data.rowCount);
  const twin = fitMembers(sliceRows(data, 0, cut), weights?.subarray(0, cut) ?? null, settings);
  const calibration = fitPlatt(blendScores(twin, late.columns), late.labels);
  return { members: fitMembers(data, weights, settings), calibration };
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
