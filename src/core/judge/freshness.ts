import type { Freshness } from '../model/verdict.ts';
import { isSilent, samplingIntervalMs } from '../series/interval.ts';
import type { Ring } from '../series/ring.ts';

/** Clocks of two boxes may differ by this much before a timestamp counts as from the future. */
export const FUTURE_TOLERANCE_MS = 60_000;
/** Assumed distance between samples while fewer than two are known. */
export const UNKNOWN_INTERVAL_MS = 60_000;
/** So many rows in a row from the future say something of the writer's clock, not of one bad line. */
const FUTURE_ROWS = 3;

/**
 * Where the samples of one pipeline stand in time.
 *
 * Live is what is young enough by the time written in the row, never by its time of arrival: an old log that is
 * copied in does not become live by growing. Each row changes it only by its own time and the clock, so that the
 * result is the same however rows are split into batches.
 */
export class FreshnessState {
  now: Freshness = 'recorded';
  /** A row came that was not there at the start. */
  grown = false;
  lastMs = Number.NEGATIVE_INFINITY;
  futureMs = Number.NEGATIVE_INFINITY;
  readonly #intervals: number;
  #futureRun = 0;
  #intervalOf = Number.NaN;
  #intervalMs = Number.NaN;

  /** `intervals` of silence are stale. */
  constructor(intervals: number) {
    this.#intervals = intervals;
  }

  /** True when the row is from the future and must not be judged. */
  refuses(atMs: number, nowMs: number): boolean {
    if (atMs <= nowMs + FUTURE_TOLERANCE_MS) {
      this.#futureRun = 0;
      return false;
    }
    this.#futureRun += 1;
    this.futureMs = Math.max(this.futureMs, atMs);
    if (this.#futureRun >= FUTURE_ROWS || this.lastMs === Number.NEGATIVE_INFINITY) this.now = 'future';
    return true;
  }

  /** A row was judged. A live one makes the pipeline live again; one that is old says nothing new. */
  took(atMs: number, nowMs: number, pace: Ring | null): void {
    if (atMs > this.lastMs) this.lastMs = atMs;
    this.grown = true;
    if (this.now === 'live') return;
    if (!this.#silent(nowMs, pace)) this.now = 'live';
    else if (this.now === 'recorded') this.now = 'stale';
  }

  /** A row that was there at the start was judged; what it means is settled later. */
  tookOld(atMs: number): void {
    if (atMs > this.lastMs) this.lastMs = atMs;
  }

  /** Time passes. `old`: what was there at the start is complete, and this is the first look at it. */
  pass(nowMs: number, pace: Ring | null, old: boolean): void {
    if (this.lastMs === Number.NEGATIVE_INFINITY) return;
    const silent = this.#silent(nowMs, pace);
    if (old && !this.grown) {
      if (this.#futureRun < FUTURE_ROWS) this.now = silent ? 'recorded' : 'live';
    } else if (silent && (this.now === 'live' || (this.now === 'recorded' && this.grown))) {
      this.now = 'stale';
    }
  }

  /** How long silence must last to be stale, in milliseconds. */
  staleAfterMs(pace: Ring | null): number {
    const interval = this.intervalMs(pace);
    return this.#intervals * (Number.isNaN(interval) ? UNKNOWN_INTERVAL_MS : Math.max(1000, interval));
  }

  /** Median distance between samples; NaN with fewer than two. */
  intervalMs(pace: Ring | null): number {
    if (pace === null) return Number.NaN;
    if (pace.lastMs !== this.#intervalOf) {
      this.#intervalOf = pace.lastMs;
      this.#intervalMs = samplingIntervalMs(pace.newest(64).atMs);
    }
    return this.#intervalMs;
  }

  #silent(nowMs: number, pace: Ring | null): boolean {
    // The shortest silence that counts is known without looking at the series.
    if (nowMs - this.lastMs <= this.#intervals * 1000) return false;
    return isSilent(this.lastMs, nowMs, this.intervalMs(pace), this.#intervals, UNKNOWN_INTERVAL_MS);
  }
}
