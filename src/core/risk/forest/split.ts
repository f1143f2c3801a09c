import { MISSING_BIN } from './binning.ts';

/** Rows and positives share one double: count + positives × 2^26, exact up to 2^26 rows. */
export const POSITIVE_UNIT = 67108864;

/** Best split found so far; reused from node to node to spare the garbage collector. */
export interface SplitChoice {
  /** Weighted Gini impurity of the two sides; lower is better. */
  impurity: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
}

/** What a node knows of itself while its split is searched. */
export interface NodeTotals {
  rows: number;
  positives: number;
}

/** Looks for the best cut of one feature in a node by filling a histogram over its bins. */
export class SplitFinder {
  private readonly histogram = new Float64Array(256);
  private readonly touched = new Int32Array(8);
  private readonly binCount = new Int32Array(256);
  private readonly bins = new Uint8Array(256);
  private readonly minLeaf: number;
  private readonly positiveWeight: number;

  constructor(minLeaf: number, positiveWeight: number) {
    this.minLeaf = minLeaf;
    this.positiveWeight = positiveWeight;
    this.binCount.fill(0);
  }

  /** Improves `best` when a cut of `feature` in rows[start..end) is better. O(rows + bins touched). */
  search(
    codes: Uint8Array,
    packed: Float64Array,
    rows: Int32Array,
    start: number,
    end: number,
    feature: number,
    totals: NodeTotals,
    best: SplitChoice,
  ): void {
    const { histogram, touched, bins } = this;
    for (let k = start; k < end; k++) {
      const row = rows[k]!;
      const bin = codes[row]!;
      histogram[bin]! += packed[row]!;
      touched[bin >> 5]! |= 1 << (bin & 31);
    }
    let used = 0;
    for (let word = 0; word < 8; word++) {
      let bits = touched[word]!;
      touched[word] = 0;
      while (bits !== 0) {
        const lowest = bits & -bits;
        bins[used++] = (word << 5) + 31 - Math.clz32(lowest);
        bits ^= lowest;
      }
    }
    let missing = 0;
    if (used > 0 && bins[used - 1] === MISSING_BIN) {
      missing = histogram[MISSING_BIN]!;
      used--;
    }
    if (used > 1 || (used === 1 && missing > 0)) {
      this.scan(used, 0, missing, feature, totals, best);
      if (missing > 0) this.scan(used, missing, missing, feature, totals, best);
    }
    for (let k = 0; k < used; k++) histogram[bins[k]!] = 0;
    histogram[MISSING_BIN] = 0;
  }

  /** One pass over the bins, with the missing rows (`fromLeft` ≠ 0) on the left or on the right. */
  private scan(
    used: number,
    fromLeft: number,
    missing: number,
    feature: number,
    totals: NodeTotals,
    best: SplitChoice,
  ): void {
    const { histogram, bins, minLeaf, positiveWeight } = this;
    let left = fromLeft;
    // Without missing rows the last bin has nothing on its right.
    const last = missing > 0 && fromLeft === 0 ? used : used - 1;
    for (let k = 0; k < last; k++) {
      left += histogram[bins[k]!]!;
      const leftPositives = Math.floor(left / POSITIVE_UNIT);
      const leftRows = left - leftPositives * POSITIVE_UNIT;
      const rightRows = totals.rows - leftRows;
      if (rightRows < minLeaf) break;
      if (leftRows < minLeaf) continue;
      const leftWeight = leftPositives * positiveWeight;
      const leftOther = leftRows - leftPositives;
      const rightPositives = totals.positives - leftPositives;
      const rightWeight = rightPositives * positiveWeight;
      const rightOther = rightRows - rightPositives;
      const impurity =
        (leftWeight * leftOther) / (leftWeight + leftOther) + (rightWeight * rightOther) / (rightWeight + rightOther);
      if (impurity < best.impurity) {
        best.impurity = impurity;
        best.feature = feature;
        best.missingLeft = missing > 0 ? fromLeft > 0 : leftRows >= rightRows;
        // Half way to the next bin that occurs here, as a cut between two values would be.
        best.bin = k + 1 < used ? (bins[k]! + bins[k + 1]! - 1) >> 1 : bins[k]!;
      }
    }
  }
}
