import type { RowBatch } from '../model/sample.ts';
import { rowsOf, type SeriesPart } from './compose-history.ts';
import type { MetricState } from './metric-state.ts';

/** The kept samples of all metrics as rows in order of time, NaN where a metric has none: what a look back judges again. */
export function historyBatch(metrics: readonly MetricState[]): RowBatch {
  return { ...rowsOf(partsOf(metrics)), columns: metrics.map(({ spec }) => spec.name) };
}

/** The kept samples of each metric with `fromMs` ≤ time < `toMs`, as copies. */
export function partsOf(
  metrics: readonly MetricState[],
  fromMs = Number.NEGATIVE_INFINITY,
  toMs = Number.POSITIVE_INFINITY,
): readonly SeriesPart[] {
  return metrics.map(({ spec, ring }) => {
    const { atMs, values } = ring.window(fromMs, toMs);
    return { name: spec.name, atMs: atMs.slice(), values: values.slice() };
  });
}
