import type { MetricSpec } from '../model/metric.ts';
import type { RowBatch } from '../model/sample.ts';
import { isoTime } from '../model/time.ts';
import { columnMoments } from '../stats/moments.ts';

/** How `assess` finds anomalies: absolute limits, or the z-score of the whole column. */
export type AssessMethod = 'threshold' | 'zscore';

/** One metric with at least one anomalous row. */
export interface AssessedMetric {
  readonly metric: string;
  /** Number of anomalous rows. */
  readonly count: number;
  /** Time of the earliest anomalous row, ISO. */
  readonly first: string | null;
  /** The worst of them: in the metric's unit for `threshold`, in standard deviations for `zscore`. */
  readonly worst: number;
  /** What `worst` is beyond, in the same unit. */
  readonly threshold: number;
}

export interface Assessment {
  readonly detected: boolean;
  readonly method: AssessMethod;
  /** In the order of the columns. */
  readonly metrics: readonly AssessedMetric[];
}

/**
 * The seed's anomaly rule over a whole log at once.
 *
 * `threshold`: a value strictly beyond the metric's limit, in the direction that is worse; metrics without a limit are
 * left out. `zscore`: |value − mean| / deviation > `zLimit`, over the whole column, two-sided, deviation with n − 1,
 * any number of rows; a column with fewer than two values or without spread has no anomaly. NaN is no value.
 */
export function assessRows(
  batch: RowBatch,
  specOf: (metric: string) => MetricSpec,
  method: AssessMethod,
  zLimit: number,
): Assessment {
  const metrics: AssessedMetric[] = [];
  for (const [column, metric] of batch.columns.entries()) {
    const measure = method === 'threshold' ? beyondLimit(specOf(metric)) : beyondSpread(batch, column, zLimit);
    const found = measure === null ? null : anomaliesOf(batch, column, measure);
    if (found !== null) metrics.push({ metric, ...found });
  }
  return { detected: metrics.length > 0, method, metrics };
}

/** How far a value is out, and from where on that is an anomaly. `sign` −1: smaller is farther out. */
interface Measure {
  readonly of: (value: number) => number;
  readonly threshold: number;
  readonly sign: 1 | -1;
}

function beyondLimit(spec: MetricSpec): Measure | null {
  if (spec.limit === null) return null;
  return { of: (value) => value, threshold: spec.limit, sign: spec.worse === 'down' ? -1 : 1 };
}

function beyondSpread(batch: RowBatch, column: number, zLimit: number): Measure | null {
  const { mean, deviation } = columnMoments(batch.values, column, batch.columns.length);
  if (!(deviation > 0)) return null;
  return { of: (value) => Math.abs(value - mean) / deviation, threshold: zLimit, sign: 1 };
}

function anomaliesOf(batch: RowBatch, column: number, measure: Measure): Omit<AssessedMetric, 'metric'> | null {
  let count = 0;
  let firstMs = Number.POSITIVE_INFINITY;
  let worst = measure.threshold;
  for (let row = 0; row < batch.rowCount; row += 1) {
    const measured = measure.of(batch.values[row * batch.columns.length + column]!);
    if (!(measured * measure.sign > measure.threshold * measure.sign)) continue;
    count += 1;
    firstMs = Math.min(firstMs, batch.atMs[row]!);
    if (measured * measure.sign > worst * measure.sign) worst = measured;
  }
  return count === 0 ? null : { count, first: isoTime(firstMs), worst, threshold: measure.threshold };
}
