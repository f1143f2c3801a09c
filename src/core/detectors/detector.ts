/** Plain data a detector's state is saved as. */
export type DetectorState = readonly number[] | Readonly<Record<string, number | readonly number[]>>;

/** What a detector says of one value, in numbers a person can check. Made on demand, never per sample. */
export interface Explanation {
  readonly expected: { readonly low: number; readonly high: number } | null;
  readonly limit: number | null;
  readonly sigma: number | null;
  readonly direction: 'high' | 'low';
}

/**
 * Watches one series. The engine calls `scoreOne`, then decides whether to `learnOne`.
 *
 * Scores are relative to the detector's own limit: 0 is ordinary, above 1 is anomalous, NaN means "cannot tell yet"
 * (grace period, NaN input). Samples come in order of time.
 */
export interface Detector {
  /** Reads only: calling it any number of times changes nothing. Never throws. */
  scoreOne(value: number, atMs: number): number;
  /**
   * The part of the score that rests on no more samples than `DetectorKind.restsOn`, for a detector whose score looks
   * further back; both pass the limit together. What is judged sample by sample is judged by it. Reads only. Absent: all of it.
   */
  quickOne?(value: number, atMs: number): number;
  /** Takes the sample into the model. NaN and ±Infinity are ignored. */
  learnOne(value: number, atMs: number): void;
  /**
   * Takes note of a sample that was judged and shall not be learned, because it belongs to an incident. What a score says
   * of the last few samples moves on, what the model holds for ordinary stays. Absent: nothing in it has to move on.
   */
  passOne?(value: number, atMs: number): void;
  explain(value: number, atMs: number): Explanation;
  save(): DetectorState;
}

/** One parameter of a detector, for the config's schema, `--help` and the docs. */
export interface Parameter {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit: string;
  readonly text: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** What the series tells a detector before its first sample. */
export interface SeriesContext {
  readonly metric: string;
  readonly worse: 'up' | 'down' | 'both';
  readonly limit: number | null;
  /** For detectors that draw random numbers; the same seed gives the same scores. */
  readonly seed: number;
}

/** An entry of the registry: everything else (schema, help, docs, contract tests) is made from it. */
export interface DetectorKind {
  readonly name: string;
  readonly text: string;
  /** True where scores mean nothing without samples from before the deployment. */
  readonly needsBaseline: boolean;
  /** Samples in a row a score of it already rests on, as a mean of three does; absent: the newest alone. */
  readonly restsOn?: number;
  readonly parameters: Parameters;
  create(series: SeriesContext, parameters: Readonly<Record<string, number>>): Detector;
  restore(series: SeriesContext, parameters: Readonly<Record<string, number>>, state: DetectorState): Detector;
}
