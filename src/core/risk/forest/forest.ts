/**
 * Trees of a forest, all nodes in one set of arrays, each tree in preorder: the left child of node i is i + 1.
 *
 * A row goes left when `x[feature] <= threshold`; a missing value (NaN) goes where `missingLeft` says.
 * `value` is the share of positives among the training rows of the node: leaves vote softly, inner nodes serve the
 * explanation. Values lie on a grid of 1/65535, so that a stored forest predicts exactly as the trained one.
 */
export interface Forest {
  readonly featureCount: number;
  /** First node of each tree. */
  readonly roots: Int32Array;
  /** Split feature, -1 in a leaf. */
  readonly feature: Int16Array;
  readonly threshold: Float64Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
}

/** A value on the grid the stored form keeps. */
export function onGrid(value: number): number {
  return Math.round(value * 65535) / 65535;
}

/** Mean of the trees' leaf values for one row: 0..1, higher is riskier. O(trees × depth). */
export function predictForest(forest: Forest, row: Float64Array): number {
  const { roots, feature, threshold, right, missingLeft, value } = forest;
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    let split = feature[node]!;
    while (split >= 0) {
      const x = row[split]!;
      const goesLeft = x <= threshold[node]! || (x !== x && missingLeft[node] === 1);
      node = goesLeft ? node + 1 : right[node]!;
      split = feature[node]!;
    }
    sum += value[node]!;
  }
  return sum / roots.length;
}

/** What each feature adds to a prediction; `bias` and all contributions sum to it. */
export interface Attribution {
  readonly bias: number;
  /** One entry per feature. */
  readonly contributions: Float64Array;
}

/**
 * Path attribution: every step of a path adds child value minus node value to the feature that was split on.
 *
 * The sum is exact up to rounding (1e-12). It works badly for features that only matter together: the one split on
 * last gets the credit. Reference: Saabas (2014), "Interpreting random forests"; Palczewska et al. (2013).
 */
export function attributeForest(forest: Forest, row: Float64Array): Attribution {
  const { roots, feature, threshold, right, missingLeft, value } = forest;
  const contributions = new Float64Array(forest.featureCount);
  let bias = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    bias += value[node]!;
    let split = feature[node]!;
    while (split >= 0) {
      const x = row[split]!;
      const goesLeft = x <= threshold[node]! || (x !== x && missingLeft[node] === 1);
      const child = goesLeft ? node + 1 : right[node]!;
      contributions[split]! += value[child]! - value[node]!;
      node = child;
      split = feature[node]!;
    }
  }
  for (let f = 0; f < contributions.length; f++) contributions[f]! /= roots.length;
  return { bias: bias / roots.length, contributions };
}
