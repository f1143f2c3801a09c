import { seededRandom } from '../random.ts';
import { MISSING_BIN, binColumn, binEdges } from './binning.ts';
import type { Forest } from './forest.ts';
import { onGrid } from './forest.ts';
import type { NodeTotals, SplitChoice } from './split.ts';
import { POSITIVE_UNIT, SplitFinder } from './split.ts';

/** How a forest is grown. */
export interface ForestSettings {
  readonly trees: number;
  /** Fewest (bootstrapped) rows on each side of a split. */
  readonly minLeaf: number;
  /** Features drawn for each split; more are drawn only while none of them can be split. */
  readonly featuresPerSplit: number;
  readonly maxDepth: number;
  /** Weight of a positive row in the split criterion, 1 = as it is. Leaf values stay unweighted shares. */
  readonly positiveWeight: number;
  /** Rows drawn for each tree, as a share of all rows. */
  readonly sampleShare: number;
  readonly seed: number;
}

/** Growing arrays of nodes in preorder. */
class NodeList {
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly right: number[] = [];
  readonly missingLeft: number[] = [];
  readonly value: number[] = [];

  add(value: number): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.right.push(0);
    this.missingLeft.push(0);
    this.value.push(value);
    return this.feature.length - 1;
  }
}

/**
 * Grows a random forest on histograms: bootstrap per tree, features drawn per split, Gini criterion, soft leaves.
 *
 * @param columns one array per feature, all as long as `labels`; NaN = missing
 * @param weights how often a row is drawn relative to others (own data, recency); null = all alike
 * Cost: O(trees × rows × featuresPerSplit × depth). Same seed, same forest. Reference: Breiman (2001), "Random
 * forests"; histograms as in Ke et al. (2017), LightGBM.
 */
export function growForest(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  weights: Float64Array | null,
  settings: ForestSettings,
): Forest {
  const edges = columns.map(binEdges);
  const codes = columns.map((column, f) => binColumn(column, edges[f]!));
  const usable = Int32Array.from(edges.keys()).filter((f) => edges[f]!.length > 0 || codes[f]!.includes(MISSING_BIN));
  const nodes = new NodeList();
  const roots: number[] = [];
  const grower = new TreeGrower(codes, edges, usable, labels, nodes, settings);
  const draw = rowDrawer(labels.length, weights);
  const random = seededRandom(settings.seed);
  for (let tree = 0; tree < settings.trees; tree++) {
    roots.push(nodes.feature.length);
    grower.grow(draw, random);
  }
  return {
    featureCount: columns.length,
    roots: Int32Array.from(roots),
    feature: Int16Array.from(nodes.feature),
    threshold: Float64Array.from(nodes.threshold),
    right: Int32Array.from(nodes.right),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    value: Float64Array.from(nodes.value),
  };
}

/** Draws row indices, by weight through the cumulative sum. */
function rowDrawer(rowCount: number, weights: Float64Array | null): (uniform: number) => number {
  if (weights === null) return (uniform) => Math.floor(uniform * rowCount);
  const cumulative = new Float64Array(rowCount);
  let total = 0;
  for (let i = 0; i < rowCount; i++) cumulative[i] = total += weights[i]!;
  return (uniform) => {
    const wanted = uniform * total;
    let low = 0;
    let high = rowCount - 1;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (cumulative[mid]! > wanted) high = mid;
      else low = mid + 1;
    }
    return low;
  };
}

class TreeGrower {
  private readonly codes: readonly Uint8Array[];
  private readonly edges: readonly Float64Array[];
  private readonly order: Int32Array;
  private readonly labels: Uint8Array;
  private readonly nodes: NodeList;
  private readonly settings: ForestSettings;
  private readonly finder: SplitFinder;
  private readonly packed: Float64Array;
  private readonly rows: Int32Array;
  private readonly spare: Int32Array;
  private readonly totals: NodeTotals = { rows: 0, positives: 0 };
  private readonly best: SplitChoice = { impurity: Infinity, feature: -1, bin: 0, missingLeft: false };

  constructor(
    codes: readonly Uint8Array[],
    edges: readonly Float64Array[],
    usable: Int32Array,
    labels: Uint8Array,
    nodes: NodeList,
    settings: ForestSettings,
  ) {
    this.codes = codes;
    this.edges = edges;
    this.order = usable;
    this.labels = labels;
    this.nodes = nodes;
    this.settings = settings;
    this.finder = new SplitFinder(settings.minLeaf, settings.positiveWeight);
    this.packed = new Float64Array(labels.length);
    this.rows = new Int32Array(labels.length);
    this.spare = new Int32Array(labels.length);
  }

  grow(draw: (uniform: number) => number, random: () => number): void {
    const { labels, packed, rows, settings } = this;
    packed.fill(0);
    const drawn = Math.max(1, Math.round(labels.length * settings.sampleShare));
    for (let k = 0; k < drawn; k++) packed[draw(random())]! += 1;
    let used = 0;
    for (let i = 0; i < labels.length; i++) {
      if (packed[i] === 0) continue;
      rows[used++] = i;
      if (labels[i] === 1) packed[i]! += packed[i]! * POSITIVE_UNIT;
    }
    this.growNode(0, used, 0, random);
  }

  /** Adds the node of rows[start..end) and, below it, its subtree. */
  private growNode(start: number, end: number, depth: number, random: () => number): void {
    const { packed, rows, totals, best, nodes, settings } = this;
    let sum = 0;
    for (let k = start; k < end; k++) sum += packed[rows[k]!]!;
    const positives = Math.floor(sum / POSITIVE_UNIT);
    const count = sum - positives * POSITIVE_UNIT;
    const node = nodes.add(onGrid(positives / count));
    if (positives === 0 || positives === count || count < 2 * settings.minLeaf || depth >= settings.maxDepth) return;
    totals.rows = count;
    totals.positives = positives;
    this.chooseSplit(start, end, random);
    if (best.feature === -1) return;
    const { feature, bin, missingLeft } = best;
    const middle = this.partition(start, end, feature, bin, missingLeft);
    nodes.feature[node] = feature;
    // A cut behind the last edge separates only the missing values from the others.
    nodes.threshold[node] = this.edges[feature]![bin] ?? Infinity;
    nodes.missingLeft[node] = missingLeft ? 1 : 0;
    this.growNode(start, middle, depth + 1, random);
    nodes.right[node] = nodes.feature.length;
    this.growNode(middle, end, depth + 1, random);
  }

  private chooseSplit(start: number, end: number, random: () => number): void {
    const { order, best, totals, settings } = this;
    const weighted = totals.positives * settings.positiveWeight;
    const others = totals.rows - totals.positives;
    // A split must lower the impurity by more than rounding can.
    best.impurity = ((weighted * others) / (weighted + others)) * (1 - 1e-9);
    best.feature = -1;
    for (let drawn = 0; drawn < order.length; drawn++) {
      if (drawn >= settings.featuresPerSplit && best.feature !== -1) return;
      const other = drawn + Math.floor(random() * (order.length - drawn));
      const feature = order[other]!;
      order[other] = order[drawn]!;
      order[drawn] = feature;
      this.finder.search(this.codes[feature]!, this.packed, this.rows, start, end, feature, totals, best);
    }
  }

  /** Stable, so that rows stay in ascending order and are read in the order of memory. */
  private partition(start: number, end: number, feature: number, bin: number, missingLeft: boolean): number {
    const { rows, spare } = this;
    const codes = this.codes[feature]!;
    let left = start;
    let kept = 0;
    for (let k = start; k < end; k++) {
      const row = rows[k]!;
      const code = codes[row]!;
      if (code === MISSING_BIN ? missingLeft : code <= bin) rows[left++] = row;
      else spare[kept++] = row;
    }
    for (let k = 0; k < kept; k++) rows[left + k] = spare[k]!;
    return left;
  }
}
