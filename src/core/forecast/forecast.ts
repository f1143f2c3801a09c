import { median } from 'simple-statistics';
import { varianceInflation } from '../stats/dependence.ts';
import { theilSen } from '../stats/theil-sen.ts';
import { bucketsOf, type Buckets } from './buckets.ts';
import { SEASON_MS, seasonOf } from './season.ts';

/** When a series is expected to pass a limit. Times are distances from the newest sample. */
export interface Forecast {
  readonly limit: number;
  readonly inMs: number;
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** What a forecast is made of. */
export interface ForecastQuestion {
  /** In order of time, same length; finite. */
  readonly atMs: Float64Array;
  readonly values: Float64Array;
  readonly limit: number;
  /** The side of the limit that is bad. */
  readonly worse: 'up' | 'down';
  /** The newest part of the samples the trend is taken from. */
  readonly trendMs: number;
  /** Nothing later than this is forecast. */
  readonly horizonMs: number;
}

/** Points the trend is fitted to. */
const POINTS = 48;
const SEASON_POINTS = 480;
const LEAST_POINTS = 16;
const GLANCED = 15;
const CONFIDENCE = 0.9;
/** Shares of the trend window after which it forecasts its own later half for a test. */
const TEST_AT = [0.5, 0.65, 0.8] as const;
/** Largest error of a test, as a share of the movement it forecast, unless the noise explains it. */
const ERROR_RATIO = 0.35;
/** Shares of the window at whose ends the same forecast must have been there. */
const STANDS_SINCE = [0.8, 0.9] as const;

/** A line with the uncertainty of its slope and the scatter about it. */
interface Trend {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly intercept: number;
  /** Median distance of the points from the line, as a standard deviation. */
  readonly scatter: number;
}

/**
 * The time until a series passes its limit, with an interval of 90 %; null unless all of this holds: at least 16 points;
 * the trend leads to the limit within the horizon, at both ends of the interval of its slope (Theil-Sen, widened for
 * dependence); fitted on the first half, 65 % and 80 % of the window it would have forecast the rest within 35 % of the
 * movement or the scatter; and it led to the limit 10 % and 20 % of the window ago, too. What the series does every day
 * at that hour is taken off first, where there are two days to know it from.
 *
 * Works badly on what grows in steps, and just after the direction changed (it says nothing then). O(window), about
 * 1 ms for a series on its way to its limit and 10 µs for any other: on demand, not per sample. Never throws.
 */
export function forecastLimit(question: ForecastQuestion): Forecast | null {
  const from = firstAt(question.atMs, (question.atMs.at(-1) ?? 0) - question.trendMs);
  if (!mayReach(from, question)) return null;
  const points = recentPoints(from, question);
  if (points.atMs.length < LEAST_POINTS) return null;
  const found = reaching(points, question);
  if (found === null || !backtestHolds(points)) return null;
  const stood = STANDS_SINCE.every((share) => reaching(upTo(points, share), question) !== null);
  if (!stood) return null;
  // The last point of the fit is the middle of its span, not the newest sample.
  const passedMs = question.atMs.at(-1)! - points.atMs.at(-1)!;
  const left = (ms: number): number => Math.max(0, ms - passedMs);
  return {
    limit: found.limit,
    inMs: left(found.inMs),
    earliestMs: left(found.earliestMs),
    latestMs: left(found.latestMs),
  };
}

/** Cheap and generous, from a few raw samples: most series need no fit. */
function mayReach(from: number, { atMs, values, limit, worse, horizonMs }: ForecastQuestion): boolean {
  const third = Math.floor((values.length - from) / 3);
  if (third < 2) return false;
  const sign = worse === 'up' ? 1 : -1;
  const before = glance(values, from, from + third);
  const after = glance(values, values.length - third, values.length);
  const perMs = (after - before) / ((atMs.at(-1)! - atMs[from]!) * (2 / 3));
  return sign * (limit - after) > 0 && sign * (after + perMs * horizonMs * 3 - limit) > 0;
}

/** Median of a few samples between two places. */
function glance(values: Float64Array, from: number, to: number): number {
  const count = Math.min(GLANCED, to - from);
  return median(Array.from({ length: count }, (_, i) => values[from + Math.floor(((to - from) * i) / count)]!));
}

/** Index of the first sample at or after a time. */
function firstAt(atMs: Float64Array, from: number): number {
  let [low, high] = [0, atMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atMs[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function reaching(points: Buckets, { limit, worse, horizonMs }: ForecastQuestion): Forecast | null {
  const trend = trendOf(points);
  if (trend === null) return null;
  const sign = worse === 'up' ? 1 : -1;
  const level = trend.intercept + trend.slope * points.atMs.at(-1)!;
  const distance = sign * (limit - level);
  const [fast, slow] = sign > 0 ? [trend.high, trend.low] : [-trend.low, -trend.high];
  if (!(distance > 0) || !(slow > 0)) return null;
  const inMs = distance / (sign * trend.slope);
  const latestMs = (distance + trend.scatter) / slow;
  if (inMs > horizonMs || latestMs > 2 * horizonMs) return null;
  return { limit, inMs, earliestMs: Math.max(0, (distance - trend.scatter) / fast), latestMs };
}

function trendOf({ atMs, values }: Buckets): Trend | null {
  const line = theilSen(atMs, values, CONFIDENCE);
  if (line === null) return null;
  const rest = values.map((value, i) => value - line.intercept - line.slope * atMs[i]!);
  const widening = Math.sqrt(varianceInflation([rest]));
  const scatter = 1.4826 * median(rest.map(Math.abs));
  return {
    slope: line.slope,
    low: line.slope - (line.slope - line.low) * widening,
    high: line.slope + (line.high - line.slope) * widening,
    intercept: line.intercept + median(rest),
    scatter,
  };
}

/** Would the same line, fitted earlier, have forecast what came after? */
function backtestHolds(points: Buckets): boolean {
  const end = points.atMs.at(-1)!;
  const actual = median(points.values.slice(-3));
  return TEST_AT.every((share) => {
    const known = upTo(points, share);
    const trend = trendOf(known);
    if (trend === null) return false;
    const forecast = trend.intercept + trend.slope * end;
    const movement = Math.abs(trend.slope) * (end - known.atMs.at(-1)!);
    return Math.abs(forecast - actual) <= Math.max(ERROR_RATIO * movement, 2 * trend.scatter);
  });
}

function upTo({ atMs, values }: Buckets, share: number): Buckets {
  const count = Math.round(atMs.length * share);
  return { atMs: atMs.slice(0, count), values: values.slice(0, count) };
}

/** The newest part of the series without its season, in few points. */
function recentPoints(from: number, { atMs, values }: ForecastQuestion): Buckets {
  const recent = bucketsOf(atMs.subarray(from), values.subarray(from), POINTS);
  if (atMs.at(-1)! - atMs[0]! < SEASON_MS) return recent;
  const season = seasonOf(bucketsOf(atMs, values, SEASON_POINTS));
  return { atMs: recent.atMs, values: recent.values.map((value, i) => value - season.at(recent.atMs[i]!)) };
}
