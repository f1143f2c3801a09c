import { effectiveCount, type LimitPhase, type MetricLimits, type Tally } from './measurement.ts';

/** After an error it is tried again so soon, whatever the interval. */
export const ERROR_RETRY_MS = 10_000;

/** Where a metric stands in its run. */
export interface ScheduleState {
  readonly runStartedMs: number;
  readonly tally: Tally;
  /** The newest measurement; `finishedMs` null while it is in flight. Null before the first. */
  readonly last: { readonly phase: LimitPhase; readonly finishedMs: number | null } | null;
  /** Another metric already ended the run. */
  readonly runEnded: boolean;
}

/** When the next measurement is due; null when none is: in flight, enough of them, or the run is over. */
export function nextMeasurementMs(limits: MetricLimits, state: ScheduleState): number | null {
  const { runStartedMs, tally, last, runEnded } = state;
  if (runEnded) return null;
  if (last === null) return runStartedMs + limits.initialDelayMs;
  if (last.finishedMs === null) return null;
  const count = effectiveCount(limits);
  if (count !== null && tally.count >= count) return null;
  if (last.phase === 'Error') return last.finishedMs + ERROR_RETRY_MS;
  return last.finishedMs + (limits.intervalMs ?? 0);
}
