import type { FeatureSpec } from './feature.ts';

/** Past deployments with what became of them, in columns, oldest first. */
export interface Dataset {
  readonly features: readonly FeatureSpec[];
  readonly rowCount: number;
  /** One array per feature, `rowCount` long; NaN = missing. */
  readonly columns: readonly Float64Array[];
  /** 1 = rolled back (or whatever the label says), 0 = not. */
  readonly labels: Uint8Array;
  /** Time of the deployment; ascending. */
  readonly atMs: Float64Array;
}

/** The rows at `indices`, in that order. */
export function selectRows(data: Dataset, indices: ArrayLike<number>): Dataset {
  const rowCount = indices.length;
  const columns = data.columns.map((column) => {
    const out = new Float64Array(rowCount);
    for (let i = 0; i < rowCount; i++) out[i] = column[indices[i]!]!;
    return out;
  });
  const labels = new Uint8Array(rowCount);
  const atMs = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    labels[i] = data.labels[indices[i]!]!;
    atMs[i] = data.atMs[indices[i]!]!;
  }
  return { features: data.features, rowCount, columns, labels, atMs };
}

/** Rows `from` (included) to `to` (excluded). */
export function sliceRows(data: Dataset, from: number, to: number): Dataset {
  return {
    features: data.features,
    rowCount: to - from,
    columns: data.columns.map((column) => column.subarray(from, to)),
    labels: data.labels.subarray(from, to),
    atMs: data.atMs.subarray(from, to),
  };
}

/** Row `index` in the order of the features. */
export function rowAt(data: Dataset, index: number): Float64Array {
  return Float64Array.from(data.columns, (column) => column[index]!);
}

/** Number of rows with label 1. */
export function countPositives(data: Dataset): number {
  let positives = 0;
  for (let i = 0; i < data.rowCount; i++) positives += data.labels[i]!;
  return positives;
}

/** Several data sets over the same features as one, in the order given. */
export function joinRows(parts: readonly Dataset[]): Dataset {
  const rowCount = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const join = (pick: (part: Dataset) => ArrayLike<number>): Float64Array => {
    const out = new Float64Array(rowCount);
    let at = 0;
    for (const part of parts) {
      out.set(pick(part), at);
      at += part.rowCount;
    }
    return out;
  };
  const features = parts[0]?.features ?? [];
  return {
    features,
    rowCount,
    columns: features.map((_, f) => join((part) => part.columns[f]!)),
    labels: Uint8Array.from(join((part) => part.labels)),
    atMs: join((part) => part.atMs),
  };
}

/** Weights that make every part count the same, whatever its size; their mean is 1. */
export function evenWeights(parts: readonly Dataset[]): Float64Array {
  const rowCount = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const weights = new Float64Array(rowCount);
  let at = 0;
  for (const part of parts) {
    weights.fill(rowCount / parts.length / part.rowCount, at, at + part.rowCount);
    at += part.rowCount;
  }
  return weights;
}
