/** LOW or HIGH, by the model's own threshold, which follows from cost or share, not from 0.5. */
export type RiskLabel = 'LOW' | 'HIGH';

/** One feature's part in a prediction. */
export interface RiskReason {
  readonly feature: string;
  readonly value: number | null;
  /** Signed, on the scale of `Risk.rawScore`; all contributions and the bias sum to it. */
  readonly contribution: number;
  /** The same in words: "2 of 14 tasks failed". */
  readonly text: string;
}

/** A past deployment that resembles this one for the reasons the model sees. */
export interface SimilarPast {
  /** Pipeline and version. */
  readonly what: string;
  readonly atMs: number;
  /** It was judged Failed or rolled back. */
  readonly bad: boolean;
}

/** What the risk model says of a deployment before its metrics are in. */
export interface Risk {
  readonly label: RiskLabel;
  /** 0..1, calibrated. */
  readonly probability: number;
  readonly baseRate: number;
  readonly thresholdProbability: number;
  readonly rawScore: number;
  readonly bias: number;
  /** Largest contribution first. */
  readonly reasons: readonly RiskReason[];
  /** Name and version of the model, as its card states it. */
  readonly model: string;
  /** Nearest first; absent where no past deployment with its outcome is known. */
  readonly similar?: readonly SimilarPast[];
  /** How far the model can be believed, in words, with what it was measured on. */
  readonly reliability?: string;
}
