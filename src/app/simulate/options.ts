import { RISK_LEVELS, type RiskLevel } from '../../core/simulate/risk-level.ts';
import type { Clock } from '../../ports/clock.ts';
import { SimulateError } from './simulate-error.ts';

/** What `rollwatch simulate` is asked for. */
export interface SimulateOptions {
  readonly pipeline: string;
  readonly risk: RiskLevel;
  /** Length of the log, > 0, at most 31 days. */
  readonly minutes: number;
  /** The same seed (with the same other options) gives the same bytes. */
  readonly seed: number;
  /** Time between two rows, 100 ms to 1 h. */
  readonly intervalMs: number;
  /** Time of the first row; null = `DEFAULT_START_MS`, or with `live` now. */
  readonly startMs: number | null;
  /** Folder of the log; made when it is not there. */
  readonly directory: string;
  /** Replace a log that is there. */
  readonly force: boolean;
  /** Write each row when its time has come instead of all at once. */
  readonly live: boolean;
  readonly clock: Clock;
  /** Ends a live simulation early; what was written stays. */
  readonly signal: AbortSignal;
}

/** Monday 2026-03-02 09:00 UTC: a fixed start, so that a seed alone decides every byte. */
export const DEFAULT_START_MS = Date.UTC(2026, 2, 2, 9);

const LONGEST_MINUTES = 31 * 24 * 60;
const PIPELINE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Number of rows of the log that is asked for. */
export function rowCountOf(options: Pick<SimulateOptions, 'minutes' | 'intervalMs'>): number {
  return Math.max(1, Math.floor((options.minutes * 60_000) / options.intervalMs));
}

/**
 * Refuses what cannot be simulated.
 *
 * @throws SimulateError that names the option, what was given and what is possible
 */
export function checkOptions(options: SimulateOptions): void {
  if (!PIPELINE_NAME.test(options.pipeline)) {
    throw new SimulateError(
      `--pipeline ${JSON.stringify(options.pipeline)}: expected letters, digits, ".", "_" or "-", beginning with a letter or digit.`,
    );
  }
  if (!RISK_LEVELS.includes(options.risk)) {
    throw new SimulateError(`--risk ${JSON.stringify(options.risk)}: expected one of ${RISK_LEVELS.join(', ')}.`);
  }
  inRange('--minutes', options.minutes, 0.01, LONGEST_MINUTES, '');
  inRange('--interval', options.intervalMs, 100, 3_600_000, ' ms');
  if (!Number.isSafeInteger(options.seed)) throw new SimulateError(`--seed ${options.seed}: expected a whole number.`);
  if (options.startMs !== null && options.live) {
    throw new SimulateError('--start and --live exclude each other: a live simulation starts now.');
  }
  if (options.startMs !== null && !(Math.abs(options.startMs) <= 8.64e15)) {
    throw new SimulateError('--start: expected an ISO time such as 2026-03-02T09:00:00Z.');
  }
}

function inRange(flag: string, value: number, low: number, high: number, unit: string): void {
  if (value >= low && value <= high) return;
  throw new SimulateError(`${flag} ${value}: expected a number from ${low} to ${high}${unit}.`);
}
