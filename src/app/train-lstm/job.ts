import type { DetectorState } from '../../core/detectors/detector.ts';

/** What a worker is given to train on. */
export interface TrainingJob {
  /** Finite, in order of time. */
  readonly values: readonly number[];
  /** Unix time of each value, in milliseconds. */
  readonly times: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly seed: number;
}

/** What a worker tells: where it stands, and at the end the state of the trained detector. */
export type TrainingMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly all: number; readonly loss: number }
  | { readonly kind: 'trained'; readonly state: DetectorState };
