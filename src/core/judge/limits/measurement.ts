import type { MetricLimits } from '../../model/limits.ts';

export type { MetricLimits };

/** What one measurement, a metric or a whole run comes to (Argo's words). */
export type LimitPhase = 'Pending' | 'Running' | 'Successful' | 'Inconclusive' | 'Error' | 'Failed';

/** What one finished measurement comes to. */
export type MeasuredPhase = Extract<LimitPhase, 'Successful' | 'Inconclusive' | 'Error' | 'Failed'>;

/** Argo's defaults (argo-rollouts 9f8d111). */
export const DEFAULT_LIMITS: MetricLimits = {
  count: null,
  intervalMs: null,
  initialDelayMs: 0,
  failureLimit: 0,
  inconclusiveLimit: 0,
  consecutiveErrorLimit: 4,
  consecutiveSuccessLimit: 0,
};

/** How many measurements came to what. `count` is all of them without errors. */
export interface Tally {
  readonly count: number;
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly error: number;
  readonly consecutiveError: number;
  readonly consecutiveSuccess: number;
}

/** Before the first measurement. */
export const NO_TALLY: Tally = {
  count: 0,
  successful: 0,
  failed: 0,
  inconclusive: 0,
  error: 0,
  consecutiveError: 0,
  consecutiveSuccess: 0,
};

/** The tally with one more measurement. An error does not use up the count; anything else ends a row of errors. */
export function tallied(tally: Tally, phase: MeasuredPhase): Tally {
  const error = phase === 'Error';
  return {
    count: tally.count + (error ? 0 : 1),
    successful: tally.successful + (phase === 'Successful' ? 1 : 0),
    failed: tally.failed + (phase === 'Failed' ? 1 : 0),
    inconclusive: tally.inconclusive + (phase === 'Inconclusive' ? 1 : 0),
    error: tally.error + (error ? 1 : 0),
    consecutiveError: error ? tally.consecutiveError + 1 : 0,
    consecutiveSuccess: phase === 'Successful' ? tally.consecutiveSuccess + 1 : 0,
  };
}

/** Measurements without errors after which a metric is done; null = never by their number. */
export function effectiveCount({ count, intervalMs }: MetricLimits): number | null {
  return count ?? (intervalMs === null ? 1 : null);
}
