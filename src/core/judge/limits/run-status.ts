import type { LimitPhase } from './measurement.ts';
import type { MetricStatus } from './metric-status.ts';

/** One metric of a run. */
export interface RunMetric extends MetricStatus {
  readonly name: string;
  /** Measured and shown, never counted. */
  readonly dryRun: boolean;
}

/** How many metrics came to what. */
export interface RunSummary {
  readonly count: number;
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly error: number;
}

export interface RunStatus {
  readonly phase: LimitPhase;
  /** Of the first metric that is as bad as the run; empty where nothing is bad. */
  readonly message: string;
  readonly dryRun: RunSummary;
}

/** From best to worst. */
export const PHASE_ORDER: readonly LimitPhase[] = [
  'Successful',
  'Running',
  'Pending',
  'Inconclusive',
  'Error',
  'Failed',
];

/**
 * The phase of a run from those of its metrics: the worst of those that ended badly, at once; Running while one is not
 * done; else Successful. Metrics in dry run do not count. As Argo Rollouts 9f8d111.
 *
 * @param terminated the run was ended before its metrics were done
 */
export function runStatus(metrics: readonly RunMetric[], terminated = false): RunStatus {
  const counted = metrics.filter((metric) => !metric.dryRun);
  const worst = counted.reduce<LimitPhase>(
    (phase, one) => (isWorse(one.phase, phase) ? one.phase : phase),
    'Successful',
  );
  const dryRun = summaryOf(metrics.filter((metric) => metric.dryRun));
  if (isWorse(worst, 'Pending')) {
    const { name, because } = counted.find(({ phase }) => phase === worst)!;
    return { phase: worst, message: `Metric "${name}" assessed ${worst} due to ${because}`, dryRun };
  }
  if (terminated) return { phase: 'Successful', message: 'Run Terminated', dryRun };
  const unfinished = metrics.some(({ phase }) => phase === 'Running' || phase === 'Pending');
  return { phase: unfinished ? 'Running' : 'Successful', message: '', dryRun };
}

/** True when `phase` is worse than `other` in Argo's order. */
export function isWorse(phase: LimitPhase, other: LimitPhase): boolean {
  return PHASE_ORDER.indexOf(phase) > PHASE_ORDER.indexOf(other);
}

function summaryOf(metrics: readonly RunMetric[]): RunSummary {
  const count = (phase: LimitPhase): number => metrics.filter((metric) => metric.phase === phase).length;
  return {
    count: metrics.length,
    successful: count('Successful'),
    failed: count('Failed'),
    inconclusive: count('Inconclusive'),
    error: count('Error'),
  };
}
