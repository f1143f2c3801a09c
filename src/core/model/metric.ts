/** The unit a metric is measured in; decided by the column's suffix, else by its well-known name. */
export type Unit = 'percent' | 'ratio' | 'ms' | 's' | 'bytes' | 'count' | 'per-minute' | 'none';

/** Technical metrics describe the machine and the service; business metrics what its users do (orders, revenue). */
export type MetricKind = 'technical' | 'business';

/** The direction in which a metric gets worse: an error rate `up`, orders per minute `down`. */
export type WorseDirection = 'up' | 'down' | 'both';

/** What is known about one metric before any of its samples is read. */
export interface MetricSpec {
  readonly name: string;
  readonly unit: Unit;
  readonly kind: MetricKind;
  readonly worse: WorseDirection;
  /** Absolute limit in the metric's own unit; a value beyond it (`>` for `up`, `<` for `down`) is anomalous. */
  readonly limit: number | null;
  /** Share in the health score, relative to the other metrics; 0 leaves it out. */
  readonly weight: number;
}
