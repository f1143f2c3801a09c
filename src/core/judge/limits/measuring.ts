import type { MetricLimits } from '../../model/limits.ts';
import { type LimitPhase, type MeasuredPhase, NO_TALLY, type Tally, tallied } from './measurement.ts';
import { type MetricStatus, metricStatus } from './metric-status.ts';

/** More empty intervals than this after one another change nothing any more. */
const MOST_EMPTY = 1000;

/**
 * The measurements of one metric under `analysis.limits`: one per interval from the end of the warm-up on.
 *
 * A measurement is Failed when at least half of its samples are anomalous, Error without a sample, Inconclusive when no
 * detector could tell of any, else Successful. It is finished by the first sample of any metric after its interval, so
 * it depends on nothing but the times of samples. O(1) per sample.
 */
export class Measuring {
  readonly limits: MetricLimits;
  tally: Tally = NO_TALLY;
  status: MetricStatus;
  readonly #startMs: number;
  readonly #intervalMs: number;
  #index = 0;
  #samples = 0;
  #anomalous = 0;
  #unknown = 0;
  #last: LimitPhase | null = null;

  /** `intervalMs` of the limits must be a number. */
  constructor(limits: MetricLimits, startMs: number) {
    this.limits = limits;
    this.#startMs = startMs + limits.initialDelayMs;
    this.#intervalMs = limits.intervalMs ?? Number.POSITIVE_INFINITY;
    this.status = metricStatus(limits, NO_TALLY, null, false);
  }

  /** A sample; `anomalous` null where no detector can tell. Call `finish` with its time first. */
  take(atMs: number, anomalous: boolean | null): void {
    if (atMs < this.#startMs) return;
    this.#samples += 1;
    if (anomalous === null) this.#unknown += 1;
    else if (anomalous) this.#anomalous += 1;
  }

  /** Finishes every measurement whose interval lies before `atMs`; true where one was. */
  finish(atMs: number): boolean {
    const due = Math.min(Math.floor((atMs - this.#startMs) / this.#intervalMs), this.#index + MOST_EMPTY);
    if (!(due > this.#index) || this.isDone) return false;
    for (; this.#index < due && !this.isDone; this.#index += 1) this.#close();
    this.#index = due;
    return true;
  }

  /** No measurement is taken any more. */
  get isDone(): boolean {
    return this.status.phase !== 'Running' && this.status.phase !== 'Pending';
  }

  /** The status if the analysis ended now: Successful unless a limit is passed. */
  ended(): MetricStatus {
    return this.isDone ? this.status : metricStatus(this.limits, this.tally, this.#last, true);
  }

  #close(): void {
    const phase = this.#phase();
    this.tally = tallied(this.tally, phase);
    this.#last = phase;
    this.status = metricStatus(this.limits, this.tally, phase, false);
    this.#samples = 0;
    this.#anomalous = 0;
    this.#unknown = 0;
  }

  #phase(): MeasuredPhase {
    if (this.#samples === 0) return 'Error';
    if (this.#unknown === this.#samples) return 'Inconclusive';
    return this.#anomalous * 2 >= this.#samples ? 'Failed' : 'Successful';
  }
}
