import type { SeededUniform } from './seeded-uniform.ts';

const EULER = 0.577_215_664_901_532_9;

/** How a forest is grown. */
export interface ForestShape {
  readonly trees: number;
  /** Rows per tree, drawn without replacement; 256 is what the authors found enough. */
  readonly sampleSize: number;
}

/** Mean length of an unsuccessful search in a binary tree of `count` rows: what a path is measured by. */
export function averagePath(count: number): number {
  if (count < 2) return 0;
  if (count === 2) return 1;
  return 2 * (Math.log(count - 1) + EULER) - (2 * (count - 1)) / count;
}

/**
 * Isolation forest: rows that random cuts set apart early are anomalous.
 *
 * score = 2^(−E[path] / c(sample)) in 0..1; about 0.5 for ordinary rows, towards 1 for lone ones. Every tree sees its own
 * sample without replacement, cuts a column that still varies at a uniform point between its extremes, and ends at depth
 * ⌈log₂ sample⌉, adding c(rows left). Nodes are flat typed arrays: fitting is O(trees · sample · depth), scoring
 * O(trees · depth). Cannot tell how far outside a row is: beyond the extremes all rows look alike.
 * Reference: F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008.
 */
export class IsolationForest {
  readonly #columns: number;
  readonly #unit: number;
  readonly #roots: Int32Array;
  readonly #column: Int16Array;
  readonly #cut: Float64Array;
  /** Index of the left child; the right one follows it. */
  readonly #child: Int32Array;
  /** Depth plus c(rows) of a leaf. */
  readonly #path: Float64Array;
  #nodes = 0;

  private constructor(columns: number, trees: number, sample: number) {
    const most = trees * Math.max(1, 2 * sample);
    this.#columns = columns;
    this.#unit = averagePath(sample);
    this.#roots = new Int32Array(trees);
    this.#column = new Int16Array(most);
    this.#cut = new Float64Array(most);
    this.#child = new Int32Array(most);
    this.#path = new Float64Array(most);
  }

  /** `rows` is row-major, finite, `columns` numbers a row, at least two rows. Throws RangeError for less. */
  static fit(rows: Float64Array, columns: number, shape: ForestShape, random: SeededUniform): IsolationForest {
    const count = Math.floor(rows.length / columns);
    if (count < 2) throw new RangeError(`an isolation forest needs at least two rows, not ${count}`);
    const sample = Math.min(shape.sampleSize, count);
    const forest = new IsolationForest(columns, shape.trees, sample);
    const order = Int32Array.from({ length: count }, (_, row) => row);
    const deepest = Math.ceil(Math.log2(sample));
    for (let tree = 0; tree < shape.trees; tree += 1) {
      for (let i = 0; i < sample; i += 1) {
        const j = i + Math.floor(random.next() * (count - i));
        const drawn = order[j]!;
        order[j] = order[i]!;
        order[i] = drawn;
      }
      forest.#roots[tree] = forest.#nodes;
      forest.#nodes += 1;
      forest.#grow(forest.#roots[tree]!, rows, order, 0, sample, 0, deepest, random);
    }
    return forest;
  }

  /** Score of the row that begins at `offset`. */
  score(rows: Float64Array, offset = 0): number {
    if (this.#unit === 0) return 0.5;
    let total = 0;
    for (const root of this.#roots) {
      let node = root;
      let child = this.#child[node]!;
      while (child !== 0) {
        node = rows[offset + this.#column[node]!]! < this.#cut[node]! ? child : child + 1;
        child = this.#child[node]!;
      }
      total += this.#path[node]!;
    }
    return 2 ** (-total / this.#roots.length / this.#unit);
  }

  #grow(
    node: number,
    rows: Float64Array,
    order: Int32Array,
    from: number,
    to: number,
    depth: number,
    deepest: number,
    random: SeededUniform,
  ): void {
    const column = depth >= deepest || to - from < 2 ? -1 : this.#varyingColumn(rows, order, from, to, random);
    if (column < 0) {
      this.#path[node] = depth + averagePath(to - from);
      return;
    }
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i += 1) {
      const value = rows[order[i]! * this.#columns + column]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    // Never at the lowest, so that both sides have rows.
    const cut = high - random.next() * (high - low);
    let middle = from;
    for (let i = from; i < to; i += 1) {
      const row = order[i]!;
      if (rows[row * this.#columns + column]! >= cut) continue;
      order[i] = order[middle]!;
      order[middle] = row;
      middle += 1;
    }
    const child = this.#nodes;
    this.#nodes += 2;
    this.#column[node] = column;
    this.#cut[node] = cut;
    this.#child[node] = child;
    this.#grow(child, rows, order, from, middle, depth + 1, deepest, random);
    this.#grow(child + 1, rows, order, middle, to, depth + 1, deepest, random);
  }

  /** A column that is not the same in all of the rows, each as likely; −1 when there is none. */
  #varyingColumn(rows: Float64Array, order: Int32Array, from: number, to: number, random: SeededUniform): number {
    const start = Math.floor(random.next() * this.#columns);
    for (let tried = 0; tried < this.#columns; tried += 1) {
      // Most often the first one drawn varies; only then is the walk on to the next not quite even.
      const column = (start + tried) % this.#columns;
      const first = rows[order[from]! * this.#columns + column]!;
      for (let i = from + 1; i < to; i += 1) if (rows[order[i]! * this.#columns + column]! !== first) return column;
    }
    return -1;
  }
}
