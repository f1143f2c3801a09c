import { median, quantileSorted } from 'simple-statistics';
import type { WorseDirection } from '../model/metric.ts';
import type { RcaSeries } from './series.ts';

/** A score beyond this says nothing more: a metric that never moved before must not win by that alone. */
export const SCORE_CAP = 20;
/** Smallest spread that is believed, as a share of the median: below it lies rounding, not behaviour. */
const SPREAD_FLOOR_RATIO = 0.001;
const LEAST_NORMAL = 5;
/** Deviations from which on a sample counts as the beginning. */
const ONSET_SIGMA = 3;

/** A cause may come so long before what it causes is noticed. */
const LEAD_MS = 300_000;

/** How far each abnormal sample of one series lies from what was normal. */
export interface Deviation {
  readonly series: RcaSeries;
  /** Median of the normal values, in the metric's unit. */
  readonly expected: number;
  /** In robust deviations towards worse, −20..20, NaN where there is no sample. */
  readonly sigma: readonly number[];
  /** Time of the first abnormal sample at least three deviations off; null when there is none. */
  readonly onsetMs: number | null;
}

/**
 * Distances from the median of the normal values, over the larger of IQR / 1.349 and the 90 % quantile of the normal
 * distances / 1.645 (a metric that often jumps is not surprising when it does), at least 0.1 % of the median; capped
 * at 20. Null with fewer than five normal values or without an abnormal one. O(n log n).
 * Reference: the median/IQR scorer of BARO (Pham et al., FSE 2024), with the second scale and the cap added.
 */
export function deviationOf(series: RcaSeries): Deviation | null {
  const normal = series.normal.filter(Number.isFinite);
  if (normal.length < LEAST_NORMAL || !series.abnormal.some(Number.isFinite)) return null;
  const expected = median(normal);
  const sorted = normal.toSorted((a, b) => a - b);
  const distances = normal.map((value) => Math.abs(value - expected)).toSorted((a, b) => a - b);
  const iqr = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
  const spread = Math.max(iqr / 1.349, quantileSorted(distances, 0.9) / 1.645, SPREAD_FLOOR_RATIO * Math.abs(expected));
  const sigma = series.abnormal.map((value) => capped(value - expected, spread) * sideOf(series.worse));
  const worse = series.worse === 'both' ? sigma.map(Math.abs) : sigma;
  const first = worse.findIndex((one) => one >= ONSET_SIGMA);
  return { series, expected, sigma, onsetMs: first < 0 ? null : series.abnormalAtMs[first]! };
}

/**
 * One figure for a series: the weighted mean of its deviations, at least 0. The course says how bad the incident was
 * at a moment, 0..1. What deviates at least half as much while the incident was not there does not belong to it: that
 * much is taken off; but not what began in the five minutes before the incident was noticed: a cause comes first.
 */
export function changeOf({ series, sigma, onsetMs }: Deviation, { weightAt, noticedMs }: Course): number {
  let [during, duringWeight, beside, besideWeight] = [0, 0, 0, 0];
  for (const [i, one] of sigma.entries()) {
    if (Number.isNaN(one)) continue;
    const weight = weightAt(series.abnormalAtMs[i]!);
    during += one * weight;
    duringWeight += weight;
    const leads = onsetMs !== null && onsetMs < noticedMs && onsetMs >= noticedMs - LEAD_MS;
    if (leads && series.abnormalAtMs[i]! >= onsetMs && series.abnormalAtMs[i]! < noticedMs) continue;
    beside += one * (1 - weight);
    besideWeight += 1 - weight;
  }
  if (duringWeight < 1e-9) return 0;
  const sign = series.worse === 'both' && during < 0 ? -1 : 1;
  const high = Math.max(0, (sign * during) / duringWeight);
  // A share of a sample is not enough to know how it was beside the incident.
  const low = besideWeight > 0.5 ? Math.max(0, (sign * beside) / besideWeight) : 0;
  return low < high / 2 ? high : Math.max(0, high - low);
}

/** How an incident went where it was noticed. */
export interface Course {
  /** How bad it was at a moment relative to its worst, 0..1. */
  readonly weightAt: (atMs: number) => number;
  /** Its first sample that is clearly off; −Infinity where none is by itself. */
  readonly noticedMs: number;
}

/** Equally bad all the time. */
export const ALL_ALONG: Course = { weightAt: () => 1, noticedMs: Number.NEGATIVE_INFINITY };

/** By the samples of a series, at each moment the one nearest in time; equally bad all the time without any. */
export function courseOf(deviation: Deviation | null): Course {
  if (deviation === null) return ALL_ALONG;
  return { weightAt: weightsOf(deviation), noticedMs: deviation.onsetMs ?? Number.NEGATIVE_INFINITY };
}

function weightsOf(deviation: Deviation): Course['weightAt'] {
  const { sigma, series } = deviation;
  const known = [...sigma.entries()].filter(([, one]) => !Number.isNaN(one));
  const size = (one: number): number => (series.worse === 'both' ? Math.abs(one) : Math.max(0, one));
  const worst = Math.max(0, ...known.map(([, one]) => size(one)));
  if (worst === 0) return () => 1;
  return (atMs) => {
    let [nearest, distance] = [0, Number.POSITIVE_INFINITY];
    for (const [i, one] of known) {
      const away = Math.abs(series.abnormalAtMs[i]! - atMs);
      if (away < distance) [nearest, distance] = [size(one), away];
    }
    return nearest / worst;
  };
}

function capped(distance: number, spread: number): number {
  if (Number.isNaN(distance)) return Number.NaN;
  if (spread === 0) return Math.sign(distance) * SCORE_CAP;
  return Math.max(-SCORE_CAP, Math.min(SCORE_CAP, distance / spread));
}

function sideOf(worse: WorseDirection): 1 | -1 {
  return worse === 'down' ? -1 : 1;
}
