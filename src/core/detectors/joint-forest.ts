import { IsolationForest } from '../stats/isolation-forest.ts';
import { SeededUniform } from '../stats/seeded-uniform.ts';

const SHAPE = { trees: 100, sampleSize: 256 } as const;
/** Of the training, so much lies below the limit; a score of less than `LEAST_LIMIT` is ordinary by the authors' reading. */
const LIMIT_QUANTILE = 0.995;
const LEAST_LIMIT = 0.6;
/** Half of the scale of a forest is what rows without anything to set them apart have. */
const ORDINARY = 0.5;

/** Rows a training must have at the least: one sample of a tree. */
export const LEAST_FOREST_ROWS = SHAPE.sampleSize;

/**
 * Isolation forest over all metrics of a machine at once, trained on a stretch that counts as normal. Above 1 is anomalous.
 *
 * 100 trees of 256 rows, the same for the same seed; (score − ½) over what 99.5 % of the training have, at least 0.6 − ½. As
 * a forest cannot tell how far out a row is, metrics beyond the trained range by half of its width count by themselves: more
 * than a quarter of them are anomalous. A missing value stands at the median of its metric in the training. O(trees · 8) per row, 1 MB. Finds rows that are odd in
 * any few metrics, even where each is within its own range; cannot follow a day's shape, and is dull where faults are shifts that the training has in another combination. `joint-change` is measured beside it
 * (`npm run bench:detection -- --only smd,asd`). Reference: Liu, Ting, Zhou, Isolation Forest, ICDM 2008.
 */
export class JointForest {
  readonly #forest: IsolationForest;
  readonly #medians: readonly number[];
  /** Beyond these a metric counts by itself. */
  readonly #ranges: readonly (readonly [number, number])[];
  readonly #row: Float64Array;
  readonly #limit: number;

  private constructor(
    forest: IsolationForest,
    medians: readonly number[],
    ranges: readonly (readonly [number, number])[],
    limit: number,
  ) {
    this.#forest = forest;
    this.#ranges = ranges;
    this.#medians = medians;
    this.#row = new Float64Array(medians.length);
    this.#limit = limit;
  }

  /** `columns` holds one series per metric, all of one length of at least `LEAST_FOREST_ROWS`. */
  static train(columns: readonly Float64Array[], seed: number): JointForest {
    const medians = columns.map(medianOf);
    const length = columns[0]?.length ?? 0;
    const rows = new Float64Array(length * columns.length);
    for (const [i, values] of columns.entries()) {
      for (let at = 0; at < length; at += 1) rows[at * columns.length + i] = known(values[at]!, medians[i]!);
    }
    const forest = IsolationForest.fit(rows, columns.length, SHAPE, new SeededUniform(seed));
    const scores = Float64Array.from({ length }, (_, at) => forest.score(rows, at * columns.length)).sort();
    const usual = scores[Math.min(length - 1, Math.floor(LIMIT_QUANTILE * length))]!;
    return new JointForest(forest, medians, columns.map(rangeOf), Math.max(usual, LEAST_LIMIT) - ORDINARY);
  }

  /** The score of one row, a value per metric: 0 and more. */
  next(row: Float64Array): number {
    let beyond = 0;
    for (const [i, median] of this.#medians.entries()) {
      const [low, high] = this.#ranges[i]!;
      if (row[i]! < low || row[i]! > high) beyond += 1;
      this.#row[i] = known(row[i]!, median);
    }
    const odd = Math.max(0, this.#forest.score(this.#row) - ORDINARY) / this.#limit;
    return Math.max(odd, beyond / Math.ceil(this.#medians.length / 4));
  }
}

function known(value: number, median: number): number {
  return Number.isFinite(value) ? value : median;
}

/** The range of the values and half of its width on either side. */
function rangeOf(values: Float64Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low - (high - low) / 2, high + (high - low) / 2];
}

/** 0 where there is no value at all. */
function medianOf(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
