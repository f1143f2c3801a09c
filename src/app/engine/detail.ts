import type { MetricState } from '../../core/judge/metric-state.ts';
import { minMaxIndices } from '../../core/series/downsample.ts';
import type { ChartView, DetailView } from '../../core/session/snapshot.ts';
import { flagOf, metricsByBlame, sparkOf } from './sparks.ts';
import type { PipelineEntry } from './state.ts';

/** Most points of a chart, and how many of them may be gaps. */
const POINTS = 1000;
const GAPS = 100;
/** A silence this many times as long as the usual distance is drawn as a gap. */
const GAP_FACTOR = 1.5;

/** The pipeline a screen is focused on: every metric, and the chart of one. */
export function detailOf(entry: PipelineEntry, metric: string | null): DetailView {
  const { judge } = entry;
  const ordered = metricsByBlame(judge);
  const charted = ordered.find(({ spec }) => spec.name === metric) ?? ordered[0];
  return {
    pipeline: entry.pipeline,
    metrics: ordered.map((one) => sparkOf(one, judge)),
    chart: charted === undefined ? null : chartOf(entry, charted),
  };
}

/** From the control window of the current deployment, or the oldest kept sample, to the newest one. */
function chartOf(entry: PipelineEntry, metric: MetricState): ChartView {
  const { timeline } = entry.judge;
  const { controlMs } = entry.settings.analysis;
  const { ring, spec } = metric;
  const deployedMs = timeline.current?.atMs ?? ring.firstMs;
  const fromMs = Math.max(ring.firstMs, Math.min(deployedMs, ring.lastMs) - controlMs);
  const window = ring.window(fromMs, ring.lastMs + 1);
  const kept = minMaxIndices(window.values, POINTS - GAPS);
  const atMs: number[] = [];
  const values: (number | null)[] = [];
  const flags: (0 | 1)[] = [];
  let gaps = 0;
  for (const [i, index] of kept.entries()) {
    const at = window.atMs[index]!;
    const before = i === 0 ? at : window.atMs[index - 1]!;
    if (at - before > metric.gapMs * GAP_FACTOR && gaps < GAPS) {
      gaps += 1;
      atMs.push(before + (at - before) / 2);
      values.push(null);
      flags.push(0);
    }
    atMs.push(at);
    values.push(window.values[index]!);
    flags.push(flagOf(metric, at, at + 1));
  }
  const { lastMs } = entry.judge;
  // The axis ends where the pipeline is, so that silence shows as such.
  if (lastMs - ring.lastMs > metric.gapMs * GAP_FACTOR) {
    atMs.push(lastMs);
    values.push(null);
    flags.push(0);
  }
  const markers = timeline.announced
    .filter((deployment) => deployment.atMs >= fromMs && deployment.atMs <= Math.max(ring.lastMs, deployedMs))
    .map((deployment) => ({ atMs: deployment.atMs, version: deployment.version }));
  return { spec, atMs, values, flags, limit: spec.limit, markers };
}
