import type { RowBatch } from '../../core/model/sample.ts';

/** All rows of several batches in one: columns in the order in which they first occur, NaN where a batch has not got one. */
export function joinBatches(batches: readonly RowBatch[]): RowBatch {
  const columns = [...new Set(batches.flatMap((batch) => batch.columns))];
  const place = new Map(columns.map((name, index) => [name, index]));
  const rowCount = batches.reduce((sum, batch) => sum + batch.rowCount, 0);
  const atMs = new Float64Array(rowCount);
  const values = new Float64Array(rowCount * columns.length).fill(Number.NaN);
  let row = 0;
  for (const batch of batches) {
    atMs.set(batch.atMs.subarray(0, batch.rowCount), row);
    for (const [from, name] of batch.columns.entries()) {
      const to = place.get(name)!;
      for (let i = 0; i < batch.rowCount; i += 1) {
        values[(row + i) * columns.length + to] = batch.values[i * batch.columns.length + from]!;
      }
    }
    row += batch.rowCount;
  }
  return { labels: {}, columns, rowCount, atMs, values };
}
