/** Values fall into at most so many bins; one more code stands for a missing value. */
export const MISSING_BIN = 255;
const MAX_EDGES = 254;

/**
 * Ascending cut points of one column: a value's bin is the number of edges below it (`x <= edge[b]` → bin ≤ b).
 *
 * Up to 255 distinct values keep a bin each, more are cut at quantiles. Edges lie half way between two values that
 * occur. A constant or empty column has none. O(n log n).
 */
export function binEdges(column: Float64Array): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i]! > sorted[i - 1]!) distinct.push(sorted[i]!);
  }
  if (distinct.length <= MAX_EDGES + 1) {
    return Float64Array.from({ length: Math.max(distinct.length - 1, 0) }, (_, i) =>
      middle(distinct[i]!, distinct[i + 1]!),
    );
  }
  const edges: number[] = [];
  for (let cut = 1; cut <= MAX_EDGES; cut++) {
    const at = Math.floor((cut * sorted.length) / (MAX_EDGES + 1));
    // The cut goes after the last value equal to the quantile, so that equal values share a bin.
    let after = at;
    while (after < sorted.length && !(sorted[after]! > sorted[at]!)) after++;
    if (after === sorted.length) break;
    const edge = middle(sorted[at]!, sorted[after]!);
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Bin of every value; MISSING_BIN for NaN. O(n log bins). */
export function binColumn(column: Float64Array, edges: Float64Array): Uint8Array {
  const codes = new Uint8Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value !== value) {
      codes[i] = MISSING_BIN;
      continue;
    }
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (value <= edges[mid]!) high = mid;
      else low = mid + 1;
    }
    codes[i] = low;
  }
  return codes;
}

function middle(low: number, high: number): number {
  const half = low + (high - low) / 2;
  // Between neighbouring doubles the middle rounds to one of them; it must not reach the higher one.
  return half < high ? half : low;
}
