import { JointChange, LEAST_TRAINED } from './joint-change.ts';
import { JointForest, LEAST_FOREST_ROWS } from './joint-forest.ts';

/** A detector of all metrics of a pipeline together, trained on what is normal. */
export interface JointKind {
  /** Rows a training must have at the least. */
  readonly leastRows: number;
  /** `columns` holds one series per metric, all of one length. Gives what scores a row: above 1 is anomalous. */
  readonly train: (columns: readonly Float64Array[], samplesPerDay: number) => { next(row: Float64Array): number };
}

/** By name; no detectors of a series, so no part of their registry. */
export const JOINT_DETECTORS = {
  'joint-change': { leastRows: LEAST_TRAINED, train: (columns, perDay) => JointChange.train(columns, perDay) },
  'joint-forest': { leastRows: LEAST_FOREST_ROWS, train: (columns) => JointForest.train(columns, 1) },
} as const satisfies Readonly<Record<string, JointKind>>;

export type JointName = keyof typeof JOINT_DETECTORS;
