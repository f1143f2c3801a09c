import type { Cause } from './cause.ts';
import type { Suspect } from './suspect.ts';
import type { MetricKind, Unit } from './metric.ts';

/** State of the analysis of one deployment (Argo's phases, plus NoData). */
export type Phase = 'Pending' | 'Running' | 'Successful' | 'Failed' | 'Inconclusive' | 'NoData' | 'Error';

/**
 * Where the samples stand in time. Only `live` may ever lead to an execution.
 *
 * `recorded`: old at start and not grown since; `stale`: grew, then silent for three intervals;
 * `replayed`: played back as if live; `future`: timestamps ahead of the clock.
 */
export type Freshness = 'live' | 'recorded' | 'stale' | 'replayed' | 'future';

/** Why a verdict is what it is; the words shown to the operator are made from it in one place. */
export type VerdictReason =
  | 'no-data'
  | 'stale'
  | 'future-dated'
  | 'no-baseline'
  | 'warming-up'
  | 'too-few-samples'
  | 'too-little-traffic'
  | 'watching'
  | 'healthy'
  | 'near-limit'
  | 'anomaly-pending'
  | 'anomaly'
  | 'recovered'
  | 'bad-before'
  | 'at-peers'
  | 'shared-cause'
  | 'limits'
  | 'analysis-error';

/** What a person can check: one metric, what was seen, what was expected, how unusual, for how long. */
export interface Evidence {
  readonly metric: string;
  readonly unit: Unit;
  readonly detector: string;
  readonly observed: number;
  /** The range the detector expected, null where it has none (an absolute limit only). */
  readonly expected: { readonly low: number; readonly high: number } | null;
  readonly limit: number | null;
  /** Detector score relative to its own limit: above 1 is anomalous. */
  readonly score: number;
  /** Distance in standard deviations where the detector has such a scale. */
  readonly sigma: number | null;
  readonly direction: 'high' | 'low';
  /** Time of the first sample of the present run of anomalous samples, or since when it is near that. */
  readonly sinceMs: number;
  /** Number of consecutive anomalous samples up to now, with those that the first anomalous score rests on; 0: near only. */
  readonly inARow: number;
  /** Of more than can be shown: how many other failing metrics move with this one, which stands for them. */
  readonly movesWith?: number;
  /** The metric of this evidence that it moves with, and that stands for it; absent where it stands for itself. */
  readonly movesAlong?: string;
  /** Where the score is of a detector whose scores rest on several samples: what `auto` goes by. Absent elsewhere. */
  readonly resting?: {
    /** How high the score went as the run began; later ones are held against a level of before the incident. */
    readonly onsetScore: number;
    /** Samples in a row, up to now, beyond the limit of a detector that judges each by itself. */
    readonly aloneInARow: number;
  };
}

/** Health of a pipeline, 0 (worst) to 100; missing data lowers `confidence`, never `value`. */
export interface HealthScore {
  readonly value: number | null;
  /** 0..1: share of the weight that had fresh data. */
  readonly confidence: number;
  readonly parts: readonly HealthPart[];
  /** The same score over the metrics of one kind; absent where no metric of that kind has data. */
  readonly technical?: number;
  readonly business?: number;
  /** The key objective that is missed and holds the value down; absent where none does. */
  readonly cappedBy?: { readonly metric: string; readonly cap: number };
}

export interface HealthPart {
  readonly metric: string;
  readonly kind?: MetricKind;
  readonly weight: number;
  /** 0..100, null without fresh data or without a detector that can tell. */
  readonly value: number | null;
  /** There is fresh data, and no detector can tell: no limit, or too little to compare with. */
  readonly unjudged?: boolean;
}

/** A limit that a metric is expected to pass; times are distances from the verdict's newest sample. */
export interface Prediction {
  readonly metric: string;
  readonly unit: Unit;
  readonly limit: number;
  readonly inMs: number;
  /** Interval of 90 %. */
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** One of several versions that serve at the same time, judged by its own samples. */
export interface SideHealth {
  /** As the samples say it: a version, or the word for a side (`canary`). */
  readonly name: string;
  /** Null where the name does not tell. */
  readonly version: string | null;
  /** 0..100, null without data. */
  readonly health: number | null;
  /** Null where nothing counts requests. */
  readonly trafficPerMinute: number | null;
  /** Of the traffic of all sides, 0..1. */
  readonly trafficShare: number | null;
}

/** What is true of a pipeline now. Says nothing about what to do. */
export interface Verdict {
  readonly pipeline: string;
  readonly deploymentId: string | null;
  readonly atMs: number;
  readonly phase: Phase;
  readonly reason: VerdictReason;
  /** One short sentence for the operator. */
  readonly text: string;
  /** 0..1: how sure the phase is. */
  readonly confidence: number;
  readonly freshness: Freshness;
  /** Since when it has been bad; null unless Failed, anomalous or near it. */
  readonly sinceMs: number | null;
  /** Worst first; at most eight. */
  readonly evidence: readonly Evidence[];
  /** How many metrics fail or are on the way to it; absent where there is evidence for all of them. */
  readonly failing?: number;
  /** Metrics that were already bad before the deployment and therefore do not blame it. */
  readonly vetoed: readonly string[];
  /** Metrics that are as bad at peers that were not deployed; absent where none is. */
  readonly common?: readonly string[];
  readonly health: HealthScore;
  readonly sampleCount: number;
  /** Requests per minute now, of all sides; absent or null where nothing counts them. */
  readonly trafficPerMinute?: number | null;
  /** Versions that serve side by side; absent where they are not told apart. */
  readonly sides?: readonly SideHealth[];
  /** Limits that will be passed if nothing changes, soonest first; absent or empty where none is foreseen. */
  readonly predicted?: readonly Prediction[];
  /** Of a failure: how much of it the deployment is blamed for by the time that had passed, 0..1; absent without one. */
  readonly blame?: number;
  /** Deployments it may be due to, most likely first; absent where only its own can be. */
  readonly suspects?: readonly Suspect[];
  /** What it probably began with, most likely first, at most three; only of a failure, and absent where nothing can be said. */
  readonly causes?: readonly Cause[];
}
