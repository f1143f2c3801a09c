import { BlockMaxima } from '../stats/block-maxima.ts';
import { sortedMedian, sortedQuantile } from '../stats/sorted-span.ts';
import { SortedWindow } from '../stats/sorted-window.ts';

/** Samples the level of a metric is the median of: long, and short for metrics that follow the hours of the day. */
const LONG = 120;
const SHORT = 3;
/** The long window is taken where distances from it are at most so many times those from the short one. */
const STEADY_RATIO = 3;
/** Ordinary distances lie between these shares of the ones in the training. */
const ORDINARY_SHARE = 0.99;
/** One metric counts for at most this much: no single broken gauge decides for all. */
const EXCESS_CAP = 50;
/** Weight of the newest sample in the smoothed score. */
const WEIGHT = 0.8;
/** A mean excess of so many deviations is anomalous, */
const LIMIT = 4.2;
/** if it is also this share of what nine of ten half days of the training reach. */
const USUAL_QUANTILE = 0.9;
const USUAL_SHARE = 0.7;
const BLOCKS_PER_DAY = 2;
/** A deviation is at least this share of the range of the metric. */
const LEAST_SHARE = 1e-3;

/** Rows a training must have at the least: the long window, and as many again to learn distances from. */
export const LEAST_TRAINED = 2 * LONG;

interface Metric {
  readonly level: SortedWindow;
  readonly low: number;
  readonly high: number;
  readonly deviation: number;
}

/**
 * One score for all metrics of a machine, trained on a stretch that counts as normal. Above 1 is anomalous.
 *
 * Per metric the distance from the median of the last 120 samples, or of three where the metrics follow the day so fast
 * that the former is three times as far; how far it lies outside what 98 % of the training had, in standard deviations, at
 * most 50. Mean over the worst quarter of the metrics, smoothed with weight 0.8, over the larger of 4.2 and 0.7 times the
 * 90 % quantile of its maxima per half day of the training. A quarter, so that a flood on many metrics outweighs one that is
 * always spiky. O(metrics · log window) per sample, 16 bytes per metric and sample of the window. NaN counts as no
 * distance. Works badly on faults that show in fewer metrics than a quarter, and on slow drifts.
 */
export class JointChange {
  readonly #metrics: readonly Metric[];
  readonly #excess: Float64Array;
  readonly #worst: number;
  #limit = 1;
  #smoothed = 0;

  private constructor(metrics: readonly Metric[]) {
    this.#metrics = metrics;
    this.#excess = new Float64Array(metrics.length);
    this.#worst = Math.ceil(metrics.length / 4);
  }

  /** `columns` holds one series per metric, all of one length of at least `LEAST_TRAINED`. */
  static train(columns: readonly Float64Array[], samplesPerDay: number): JointChange {
    const window = windowFor(columns);
    const joint = new JointChange(columns.map((values) => trainMetric(values, window)));
    const length = columns[0]?.length ?? 0;
    const block = Math.max(1, Math.min(Math.round(samplesPerDay / BLOCKS_PER_DAY), length - LONG));
    const blocks = new BlockMaxima(block, Math.max(1, Math.ceil(length / block)));
    const row = new Float64Array(columns.length);
    for (let at = 0; at < length; at += 1) {
      for (const [i, values] of columns.entries()) row[i] = values[at]!;
      const excess = joint.next(row);
      if (at >= LONG) blocks.push(excess);
    }
    joint.#limit = Math.max(LIMIT, USUAL_SHARE * blocks.quantile(USUAL_QUANTILE, 0));
    return joint;
  }

  /** Takes one row, a value per metric, and gives its score: 0 and more. */
  next(row: Float64Array): number {
    for (const [i, metric] of this.#metrics.entries()) {
      const value = row[i]!;
      const away = value - metric.level.median();
      const outside = Math.max(0, away - metric.high, metric.low - away);
      this.#excess[i] = outside > 0 ? Math.min(EXCESS_CAP, outside / metric.deviation) : 0;
      if (Number.isFinite(value)) metric.level.push(value);
    }
    this.#excess.sort();
    let sum = 0;
    for (let i = 1; i <= this.#worst; i += 1) sum += this.#excess[this.#excess.length - i]!;
    this.#smoothed += WEIGHT * (sum / this.#worst - this.#smoothed);
    return this.#smoothed / this.#limit;
  }
}

/** Distances of the values from the median of so many before them, from row `LONG` on, in order of size. */
function distancesOf(values: Float64Array, level: SortedWindow): Float64Array {
  const distances = new Float64Array(values.length);
  let count = 0;
  for (const [at, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    if (at >= LONG && level.count > 0) {
      distances[count] = value - level.median();
      count += 1;
    }
    level.push(value);
  }
  return distances.subarray(0, count).sort();
}

function deviationOf(distances: Float64Array, least: number): number {
  let squares = 0;
  for (const away of distances) squares += away * away;
  return Math.max(least, Math.sqrt(squares / Math.max(1, distances.length)));
}

/** The smallest deviation that is believed: by the range of the values, or by their size where they never move. */
function leastDeviation(values: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return LEAST_SHARE * (high > low ? high - low : Math.abs(high) || 1);
}

/** The window that suits the metrics together: a typical one decides, those that never move do not. */
function windowFor(columns: readonly Float64Array[]): number {
  const ratios = columns.flatMap((values) => {
    const least = leastDeviation(values);
    const short = deviationOf(distancesOf(values, new SortedWindow(SHORT)), least);
    return short > least ? deviationOf(distancesOf(values, new SortedWindow(LONG)), least) / short : [];
  });
  const sorted = Float64Array.from(ratios).sort();
  return sortedMedian(sorted, sorted.length) > STEADY_RATIO ? SHORT : LONG;
}

function trainMetric(values: Float64Array, window: number): Metric {
  const level = new SortedWindow(window);
  const distances = distancesOf(values, level);
  return {
    level: new SortedWindow(window),
    low: Math.min(0, sortedQuantile(distances, distances.length, 1 - ORDINARY_SHARE)),
    high: Math.max(0, sortedQuantile(distances, distances.length, ORDINARY_SHARE)),
    deviation: deviationOf(distances, leastDeviation(values)),
  };
}
