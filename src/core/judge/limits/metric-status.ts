import { effectiveCount, type LimitPhase, type MetricLimits, type Tally } from './measurement.ts';

/** A metric's phase, and which limit decided it; `because` is empty where none did. */
export interface MetricStatus {
  readonly phase: LimitPhase;
  readonly because: string;
}

/**
 * The phase of one metric from its tally.
 *
 * Order: nothing measured or the last one in flight; then failures, inconclusive ones and errors in a row, of which the
 * later check overrides; then an end asked for; then successes in a row; then the count. As Argo Rollouts 9f8d111,
 * except that a metric is never Successful when more than half of all measurements were errors: it is Inconclusive
 * (argo-rollouts#4479).
 *
 * @param last phase of the newest measurement, null before the first
 * @param terminating the run is being ended: an unviolated metric is Successful
 */
export function metricStatus(
  limits: MetricLimits,
  tally: Tally,
  last: LimitPhase | null,
  terminating: boolean,
): MetricStatus {
  if (last === null) return said(terminating ? 'Successful' : 'Pending');
  if (last === 'Running' || last === 'Pending') return said('Running');
  const violated = violation(limits, tally);
  if (violated !== null) return violated;
  const found = withoutViolation(limits, tally, terminating);
  const all = tally.count + tally.error;
  if (found.phase !== 'Successful' || tally.error * 2 <= all) return found;
  return { phase: 'Inconclusive', because: `${tally.error} of ${all} measurements were errors` };
}

function violation(limits: MetricLimits, { failed, inconclusive, consecutiveError }: Tally): MetricStatus | null {
  const { failureLimit, inconclusiveLimit, consecutiveErrorLimit } = limits;
  if (consecutiveError > consecutiveErrorLimit) {
    const because = `consecutiveErrors (${consecutiveError}) > consecutiveErrorLimit (${consecutiveErrorLimit})`;
    return { phase: 'Error', because };
  }
  if (inconclusive > inconclusiveLimit) {
    return {
      phase: 'Inconclusive',
      because: `inconclusive (${inconclusive}) > inconclusiveLimit (${inconclusiveLimit})`,
    };
  }
  if (failureLimit >= 0 && failed > failureLimit) {
    return { phase: 'Failed', because: `failed (${failed}) > failureLimit (${failureLimit})` };
  }
  return null;
}

function withoutViolation(limits: MetricLimits, tally: Tally, terminating: boolean): MetricStatus {
  if (terminating) return said('Successful');
  const { consecutiveSuccessLimit: wanted, failureLimit } = limits;
  if (wanted > 0 && tally.consecutiveSuccess >= wanted) return said('Successful');
  const count = effectiveCount(limits);
  if (count === null || tally.count < count) return said('Running');
  if (wanted <= 0) return said('Successful');
  const because = `consecutiveSuccesses (${tally.consecutiveSuccess}) < consecutiveSuccessLimit (${wanted})`;
  return { phase: failureLimit < 0 ? 'Failed' : 'Inconclusive', because };
}

function said(phase: LimitPhase): MetricStatus {
  return { phase, because: '' };
}
