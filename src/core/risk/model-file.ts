import type { Calibration } from './calibration.ts';
import type { EngineName } from './engines/engine.ts';
import type { FeatureSpec } from './feature.ts';
import type { Logistic } from './logistic.ts';
import type { Interval } from './metrics.ts';
import type { StoredForest } from './forest/stored-forest.ts';
import type { ThresholdRule } from './threshold.ts';

/** The version of the model file this program writes and reads. */
export const MODEL_SCHEMA_VERSION = 1;

/** Marks a file as a risk model. */
export const MODEL_FORMAT = 'rollwatch-risk-model';

/** A trained model as JSON: everything a prediction, its explanation and the model card need. */
export interface RiskModelFile {
  readonly format: typeof MODEL_FORMAT;
  readonly schemaVersion: typeof MODEL_SCHEMA_VERSION;
  readonly name: string;
  readonly version: string;
  readonly engine: EngineName;
  readonly features: readonly FeatureSpec[];
  readonly members: readonly StoredMember[];
  readonly calibration: Calibration;
  readonly threshold: { readonly probability: number; readonly rule: ThresholdRule };
  /** Share of positives in the training data. */
  readonly baseRate: number;
  readonly training: TrainingDescription;
  /** Null when there was too little data to hold some back. */
  readonly evaluation: Evaluation | null;
  /** How each feature was distributed in training, for the drift check; one entry per feature. */
  readonly reference: readonly FeatureReference[];
  /** Fingerprint of everything else. */
  readonly checksum: string;
}

export type StoredMember =
  | { readonly kind: 'forest'; readonly weight: number; readonly forest: StoredForest }
  | { readonly kind: 'logistic'; readonly weight: number; readonly logistic: Logistic };

/** What the model was trained on. */
export interface TrainingDescription {
  /** Where the data came from, in words. */
  readonly source: string;
  /** What the label means, in words. */
  readonly label: string;
  readonly rows: number;
  readonly positives: number;
  /** Time of the first and last training row, Unix milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly seed: number;
  readonly note: string;
}

/** How well the model did on rows it had not seen. */
export interface Evaluation {
  /** How rows were held back, in words. */
  readonly protocol: string;
  readonly rows: number;
  readonly positives: number;
  readonly auc: Interval;
  readonly prAuc: number;
  readonly brier: number;
  /** Expected calibration error, ten bins of equal size. */
  readonly ece: number;
}

/** Inner cut points (ascending) and the share of training rows in each of the resulting bins, plus the missing share. */
export interface FeatureReference {
  readonly cuts: readonly number[];
  readonly shares: readonly number[];
  readonly missing: number;
}
