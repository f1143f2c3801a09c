import { BlockMaxima } from '../stats/block-maxima.ts';
import { sortedQuantile } from '../stats/sorted-span.ts';
import { SortedWindow } from '../stats/sorted-window.ts';

/** Ordinary distances lie between these shares of the ones in the training. */
const ORDINARY_SHARE = 0.99;
/** One metric counts for at most this much: no single broken gauge decides for all. */
const EXCESS_CAP = 50;
/** Weight of the newest sample in the smoothed score. */
const WEIGHT = 0.6;
/** The mark a score is held against: how high it goes by itself in nine of ten blocks, to this power. */
const USUAL_QUANTILE = 0.9;
const MARK_POWER = 0.75;
const MARK_LEAST = 0.3;
const LEAST_DEVIATION = 1e-3;

/** How many metrics of a machine are looked at together. */
export interface JointSettings {
  /** Samples the level of every metric is the median of. */
  readonly window: number;
  /** Samples of a block of the own past; half a day. */
  readonly block: number;
  /** Samples at the start of the training that only fill the windows. */
  readonly settle: number;
}

interface Metric {
  readonly level: SortedWindow;
  readonly low: number;
  readonly high: number;
  readonly deviation: number;
}

/**
 * One score for all metrics of a machine, trained on a stretch that counts as normal.
 *
 * Per metric the distance from the median of the last `window` samples; how far it lies outside what 98 % of the
 * training had, in standard deviations, at most 50. Score = mean over the worst quarter of the metrics, smoothed with
 * weight 0.6, over the 90 % quantile of its own block maxima in training (at least 0.3) to the power 0.75. A quarter, so
 * that a flood on many metrics outweighs one metric that is always spiky. O(metrics · log window) per sample, 16 bytes per
 * metric and sample of the window. NaN in a row counts as no distance. Works badly on faults that show in fewer metrics
 * than a quarter, and on slow drifts.
 */
export class JointChange {
  readonly #metrics: readonly Metric[];
  readonly #excess: Float64Array;
  readonly #worst: number;
  #mark = 1;
  #smoothed = 0;

  private constructor(metrics: readonly Metric[]) {
    this.#metrics = metrics;
    this.#excess = new Float64Array(metrics.length);
    this.#worst = Math.ceil(metrics.length / 4);
  }

  /** `columns` holds one series per metric, all of the same length, longer than `settle` plus a block. */
  static train(columns: readonly Float64Array[], settings: JointSettings): JointChange {
    const joint = new JointChange(columns.map((values) => trainMetric(values, settings)));
    const length = columns[0]?.length ?? 0;
    const blocks = new BlockMaxima(settings.block, Math.max(1, Math.ceil(length / settings.block)));
    const row = new Float64Array(columns.length);
    for (let at = 0; at < length; at += 1) {
      for (const [i, values] of columns.entries()) row[i] = values[at]!;
      const score = joint.next(row);
      if (at >= settings.settle) blocks.push(score);
    }
    joint.#mark = Math.max(MARK_LEAST, blocks.quantile(USUAL_QUANTILE, 1)) ** MARK_POWER;
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
    return this.#smoothed / this.#mark;
  }
}

function trainMetric(values: Float64Array, { window, settle }: JointSettings): Metric {
  const level = new SortedWindow(window);
  const distances = new Float64Array(Math.max(0, values.length - settle));
  let squares = 0;
  for (const [at, value] of values.entries()) {
    if (at >= settle) {
      const away = value - level.median();
      distances[at - settle] = away;
      squares += away * away;
    }
    level.push(value);
  }
  distances.sort();
  const { length } = distances;
  return {
    level: new SortedWindow(window),
    low: Math.min(0, sortedQuantile(distances, length, 1 - ORDINARY_SHARE)),
    high: Math.max(0, sortedQuantile(distances, length, ORDINARY_SHARE)),
    deviation: Math.max(LEAST_DEVIATION, Math.sqrt(squares / Math.max(1, length))),
  };
}
