import type { Decision } from '../model/decision.ts';
import type { Deployment } from '../model/deployment.ts';
import type { GroupRun } from '../model/group-run.ts';
import type { MetricSpec } from '../model/metric.ts';
import type { Execution, Proposal } from '../model/rollback.ts';
import type { Risk } from '../model/risk.ts';
import type { Freshness, Verdict } from '../model/verdict.ts';
import type { VersionChoice } from '../model/version-choice.ts';
import type { StampedEvent } from './event.ts';

/**
 * All a screen needs for one frame: plain data, so that it is the same in process and over a socket.
 */
export interface Snapshot {
  readonly nowMs: number;
  /** Sequence number of the last event that is in this snapshot. */
  readonly seq: number;
  readonly fleet: FleetView;
  /** Sorted by name; the screen sorts by what it was asked to. */
  readonly pipelines: readonly PipelineView[];
  /** Open proposals, oldest first. */
  readonly proposals: readonly Proposal[];
  /** What is known of going back, for pipelines that fail or that somebody has asked about. */
  readonly rollbacks?: readonly RollbackView[];
  /** Executions of this session and unfinished ones of earlier sessions, newest first. */
  readonly executions: readonly Execution[];
  /** Group rollbacks of this session, newest first; absent: none. */
  readonly groups?: readonly GroupRun[];
  /** Newest last, at most 500. */
  readonly recentEvents: readonly StampedEvent[];
  /** The pipeline a screen is focused on, in full. */
  readonly detail: DetailView | null;
}

/** What going back would be, before there is a question. */
export interface RollbackView {
  readonly pipeline: string;
  /** Facts are still being asked for: nothing can be confirmed. */
  readonly isLooking: boolean;
  /** Newest first. */
  readonly versions: readonly VersionChoice[];
  /** What the question would be; it has no id and cannot be answered. Null where no plan can be made. */
  readonly draft: Proposal | null;
  /** Why there is no draft; empty where there is one or it is not known yet. */
  readonly why: string;
}

export interface FleetView {
  /** `auto off`, `halted: reason`, `read-only`: what binds acting now, empty when nothing does. */
  readonly standing: readonly string[];
  readonly halted: string | null;
  /** Age of the newest sample of any live pipeline; null when nothing is live. */
  readonly behindMs: number | null;
  readonly sources: SourceView;
  readonly health: number | null;
  /** Sentences the operator should see once: where logs are expected, a hint about a unit. */
  readonly hints: readonly string[];
}

export interface SourceView {
  readonly files: number;
  readonly rows: number;
  readonly badLines: number;
  readonly lostBytes: number;
  readonly bytes: number;
}

export interface PipelineView {
  readonly pipeline: string;
  readonly environment: string | null;
  readonly deployment: Deployment | null;
  readonly verdict: Verdict;
  readonly decision: Decision | null;
  readonly risk: Risk | null;
  readonly freshness: Freshness;
  /** The metrics worth a sparkline: blamed ones first, then by weight; at most four. */
  readonly sparks: readonly Spark[];
  readonly metricCount: number;
  readonly lastSampleMs: number | null;
  readonly badLines: number;
}

export interface Spark {
  readonly spec: MetricSpec;
  readonly latest: number | null;
  /** Oldest first, at most 32, NaN written as null where there is a gap. */
  readonly values: readonly (number | null)[];
  /** Same length: 1 where the sample was anomalous. */
  readonly flags: readonly (0 | 1)[];
}

export interface DetailView {
  readonly pipeline: string;
  /** Every metric of the pipeline with its newest value, blamed first. */
  readonly metrics: readonly Spark[];
  /** The chart of one metric. */
  readonly chart: ChartView | null;
}

export interface ChartView {
  readonly spec: MetricSpec;
  /** Oldest first; at most 1,000 points. */
  readonly atMs: readonly number[];
  readonly values: readonly (number | null)[];
  readonly flags: readonly (0 | 1)[];
  readonly limit: number | null;
  /** Deployments inside the span of the chart. */
  readonly markers: readonly { readonly atMs: number; readonly version: string }[];
}
