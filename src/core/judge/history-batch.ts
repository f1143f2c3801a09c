import type { RowBatch } from '../model/sample.ts';
import type { MetricState } from './metric-state.ts';

/** The kept samples of all metrics as rows in order of time, NaN where a metric has none: what a look back judges again. */
export function historyBatch(metrics: readonly MetricState[]): RowBatch {
  const windows = metrics.map(({ ring }) => ring.newest(ring.length));
  const all = new Float64Array(windows.reduce((sum, { atMs }) => sum + atMs.length, 0));
  let filled = 0;
  for (const { atMs } of windows) {
    all.set(atMs, filled);
    filled += atMs.length;
  }
  all.sort();
  const times = all.filter((at, i) => i === 0 || at !== all[i - 1]);
  const values = new Float64Array(times.length * metrics.length).fill(Number.NaN);
  for (const [column, window] of windows.entries()) {
    let row = 0;
    for (const [i, at] of window.atMs.entries()) {
      while (times[row]! < at) row += 1;
      values[row * metrics.length + column] = window.values[i]!;
    }
  }
  return { labels: {}, columns: metrics.map(({ spec }) => spec.name), rowCount: times.length, atMs: times, values };
}
