import type { Mode, PolicyName } from './decision.ts';
import type { MetricLimits } from './limits.ts';
import type { MetricSpec } from './metric.ts';

/** Windows and counts of the analysis of a deployment. */
export interface AnalysisSettings {
  /** Control window before the deployment. */
  readonly controlMs: number;
  /** Samples this soon after the deployment are not judged. */
  readonly warmUpMs: number;
  /** After this long without failure the deployment is Successful. */
  readonly analysisMs: number;
  readonly minimumSamples: number;
  /** Anomalous samples in a row before the verdict is Failed. */
  readonly persistence: number;
  /** Where a score rests on several samples: shown as near its limit from this share of it on. */
  readonly warnScore: number;
  /** Measurements that decide instead of `persistence`; null or absent: `persistence` does. */
  readonly limits?: MetricLimits | null;
  /** The risk of a deployment moves `persistence` by one: fewer after HIGH, more where it is unusually low. */
  readonly riskPrior: boolean;
  /** Silent for so many sampling intervals = stale. */
  readonly staleIntervals: number;
  /** Metric that counts requests, and how many per analysis are needed; null = no traffic rule. */
  readonly traffic: { readonly metric: string; readonly minimumPerMinute: number } | null;
  /** Key objectives: while such a metric is beyond its limit, the health is at most this, 0..100. By the metric's name. */
  readonly objectives: Readonly<Record<string, number>>;
  /** Names from the detector registry, with their parameters. */
  readonly detectors: readonly DetectorChoice[];
}

export interface DetectorChoice {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
}

/** A daily or weekly span in which nothing is done by `auto`. */
export interface FreezeWindow {
  readonly name: string;
  /** Days it applies to, 0 = Sunday; empty = every day. */
  readonly days: readonly number[];
  /** Minutes since midnight in `timeZoneOffsetMinutes`; `toMinute` < `fromMinute` crosses midnight. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly timeZoneOffsetMinutes: number;
}

/** Everything `decide` needs to know of the configuration, for one pipeline. */
export interface Policy {
  readonly name: PolicyName;
  readonly mode: Mode;
  readonly environment: string | null;
  readonly production: boolean;
  readonly cooldownMs: number;
  readonly budget: { readonly perPipeline: number; readonly perFleet: number; readonly windowMs: number };
  readonly freezeWindows: readonly FreezeWindow[];
  readonly proposalExpiresMs: number;
  readonly autoCountdownMs: number;
  /** `auto` needs this many anomalous samples in a row, never fewer than `persistence`. */
  readonly autoPersistence: number;
  /** Where a score rests on several samples, `auto` needs one this far beyond the limit as the run begins; absent: 1. */
  readonly autoScore?: number;
  /** Spans in which `auto` may act; absent or empty: at any time. */
  readonly businessHours?: readonly FreezeWindow[];
  /** How many people must say yes, by uid; absent: one. */
  readonly approvals?: number;
}

/** The effective settings of one pipeline. */
export interface PipelineSettings {
  readonly pipeline: string;
  readonly analysis: AnalysisSettings;
  readonly policy: Policy;
  readonly metrics: (name: string) => MetricSpec;
}
