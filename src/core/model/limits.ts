/** Limits of one metric's measurements, as Argo Rollouts has them; exclusive: one more than the limit trips it. */
export interface MetricLimits {
  /** Measurements without errors that are taken; null = one without an interval, else without end. */
  readonly count: number | null;
  readonly intervalMs: number | null;
  readonly initialDelayMs: number;
  /** −1 = failures alone never fail the metric. */
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  /** So many successes in a row end it as Successful; 0 = off. */
  readonly consecutiveSuccessLimit: number;
}
