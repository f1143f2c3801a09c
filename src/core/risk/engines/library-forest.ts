import type { Forest } from '../forest/forest.ts';
import { onGrid } from '../forest/forest.ts';
import type { TrainingColumns } from './engine.ts';

/** What is read of a trained `RandomForestClassifier`: its trees and the columns each of them saw. */
export interface LibraryForest {
  readonly indexes: readonly (readonly number[])[];
  readonly estimators: readonly { readonly root: LibraryNode }[];
}

interface LibraryNode {
  readonly left?: LibraryNode;
  readonly right?: LibraryNode;
  readonly splitColumn: number;
  readonly splitValue: number;
  /** Class shares in a leaf: one row, one column per class up to the highest class seen there. */
  readonly distribution?: { readonly columns: number; get(row: number, column: number): number };
}

interface OpenForest {
  readonly roots: number[];
  readonly feature: number[];
  readonly threshold: number[];
  readonly right: number[];
  readonly missingLeft: number[];
  readonly value: number[];
}

/**
 * The library's trees in rollwatch's form: leaf = share of class 1 there, inner node = mean of its leaves weighted by
 * the training rows that reach them. `x < splitValue` becomes `x <= the double before it`.
 *
 * @param medians what a missing value counted as in training; decides the side it goes to
 */
export function fromLibrary(
  library: LibraryForest,
  data: TrainingColumns,
  rows: readonly number[],
  medians: readonly number[],
): Forest {
  const open: OpenForest = { roots: [], feature: [], threshold: [], right: [], missingLeft: [], value: [] };
  library.estimators.forEach((estimator, tree) => {
    open.roots.push(open.feature.length);
    convert(open, estimator.root, rows, library.indexes[tree]!, data, medians);
  });
  return sealed(open, data.columns.length);
}

/** All trees of several forests over the same features, in one. */
export function joinForests(parts: readonly Forest[]): Forest {
  const open: OpenForest = { roots: [], feature: [], threshold: [], right: [], missingLeft: [], value: [] };
  for (const part of parts) {
    const offset = open.feature.length;
    for (const root of part.roots) open.roots.push(root + offset);
    for (let node = 0; node < part.feature.length; node++) {
      open.feature.push(part.feature[node]!);
      open.threshold.push(part.threshold[node]!);
      open.right.push(part.feature[node] === -1 ? 0 : part.right[node]! + offset);
      open.missingLeft.push(part.missingLeft[node]!);
      open.value.push(part.value[node]!);
    }
  }
  return sealed(open, parts[0]!.featureCount);
}

function convert(
  open: OpenForest,
  node: LibraryNode,
  rows: readonly number[],
  used: readonly number[],
  data: TrainingColumns,
  medians: readonly number[],
): number {
  const at = open.feature.push(-1) - 1;
  open.threshold.push(0);
  open.right.push(0);
  open.missingLeft.push(0);
  open.value.push(0);
  if (node.left === undefined || node.right === undefined) {
    const shares = node.distribution;
    open.value[at] = onGrid(shares !== undefined && shares.columns > 1 ? shares.get(0, 1) : 0);
    return at;
  }
  const feature = used[node.splitColumn]!;
  const column = data.columns[feature]!;
  const median = medians[feature]!;
  const goesLeft = (row: number): boolean => {
    const value = column[row]!;
    return (Number.isNaN(value) ? median : value) < node.splitValue;
  };
  const leftRows = rows.filter(goesLeft);
  const rightRows = rows.filter((row) => !goesLeft(row));
  open.feature[at] = feature;
  open.threshold[at] = before(node.splitValue);
  open.missingLeft[at] = median < node.splitValue ? 1 : 0;
  const left = convert(open, node.left, leftRows, used, data, medians);
  const right = convert(open, node.right, rightRows, used, data, medians);
  open.right[at] = right;
  const share = rows.length === 0 ? 0.5 : leftRows.length / rows.length;
  open.value[at] = onGrid(share * open.value[left]! + (1 - share) * open.value[right]!);
  return at;
}

/** The largest double below a finite one. */
function before(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += value > 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0]!;
}

function sealed(open: OpenForest, featureCount: number): Forest {
  return {
    featureCount,
    roots: Int32Array.from(open.roots),
    feature: Int16Array.from(open.feature),
    threshold: Float64Array.from(open.threshold),
    right: Int32Array.from(open.right),
    missingLeft: Uint8Array.from(open.missingLeft),
    value: Float64Array.from(open.value),
  };
}
