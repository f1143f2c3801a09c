import type { RowBatch } from '../model/sample.ts';

/** Samples of one metric in order of time. */
export interface SeriesPart {
  readonly name: string;
  readonly atMs: Float64Array;
  readonly values: Float64Array;
}

/**
 * Series as rows in order of time, NaN where a metric has none. Of two samples of one metric at the same time the later
 * in the list counts. O(samples × log samples).
 */
export function rowsOf(parts: readonly SeriesPart[]): RowBatch {
  const columns = [...new Set(parts.map(({ name }) => name))];
  const all = new Float64Array(parts.reduce((sum, { atMs }) => sum + atMs.length, 0));
  let filled = 0;
  for (const { atMs } of parts) {
    all.set(atMs, filled);
    filled += atMs.length;
  }
  all.sort();
  const times = all.filter((at, i) => i === 0 || at !== all[i - 1]);
  const values = new Float64Array(times.length * columns.length).fill(Number.NaN);
  for (const part of parts) {
    const column = columns.indexOf(part.name);
    let row = 0;
    for (const [i, at] of part.atMs.entries()) {
      while (times[row]! < at) row += 1;
      values[row * columns.length + column] = part.values[i]!;
    }
  }
  return { labels: {}, columns, rowCount: times.length, atMs: times, values };
}
