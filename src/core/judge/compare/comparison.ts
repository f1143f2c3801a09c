/** How the experiment stands against the control; the words are Kayenta's. */
export type Classification = 'Pass' | 'High' | 'Low' | 'Nodata' | 'NodataFailMetric';

/** The direction in which a difference counts as bad. */
export type BadDirection = 'increase' | 'decrease' | 'either';

/** Ratio of the means, or the probability that a sample of the experiment is above one of the control. */
export type EffectSizeMeasure = 'meanRatio' | 'cles';

/** What a judge is told of one metric besides its samples. */
export interface ComparisonParameters {
  readonly direction: BadDirection;
  /** The interval must clear this share of the estimated shift, 0..1. */
  readonly tolerance: number;
  /** Confidence of the interval, 0..1. */
  readonly confLevel: number;
  readonly effectSizeMeasure: EffectSizeMeasure;
  /** Effect sizes from which on a difference is High, or Low; in the unit of the measure. */
  readonly allowedIncrease: number;
  readonly allowedDecrease: number;
  /** The same for the failure of a critical metric. */
  readonly criticalIncrease: number;
  readonly criticalDecrease: number;
}

/** Two samples of one metric and how to compare them. */
export interface ComparisonInput {
  /** Any order; NaN where a sample is missing. */
  readonly control: readonly number[];
  readonly experiment: readonly number[];
  readonly params: ComparisonParameters;
  /** Missing samples are left out, or count as 0 (error counts that are only written when there is an error). */
  readonly nanStrategy: 'remove' | 'replace';
  readonly isCriticalMetric: boolean;
  readonly isDataRequired: boolean;
}

/** What a judge says of one metric. */
export interface Comparison {
  readonly classification: Classification;
  /** The metric is critical and failed so badly that the whole comparison fails. */
  readonly critical: boolean;
  /** Effect size in the unit of the measure; NaN where it has no meaning (a mean of 0), 1 for no difference. */
  readonly deviation: number;
  /** Shift of the experiment against the control, in the metric's unit; null without data. */
  readonly estimate: number | null;
  readonly ci: { readonly low: number; readonly high: number } | null;
  /** Null where the judge has none. */
  readonly pValue: number | null;
  /** One sentence for the operator. */
  readonly reason: string;
}
