import type { Cause } from '../model/cause.ts';
import { ALL_ALONG, changeOf, deviationOf } from '../rca/deviation.ts';
import { rankCauses } from '../rca/rank.ts';
import { ROLE_WEIGHT, roleOf } from '../rca/role.ts';
import type { CallGraph, RcaSeries } from '../rca/series.ts';
import type { MetricState } from './metric-state.ts';
import type { PipelineJudge } from './pipeline-judge.ts';

/** As many as a dialog can show, and of them as many of other services. */
const MOST = 3;
const MOST_SERVICES = 2;
/** What is looked at: services nearest in the graph, samples before and since. Bounds the cost to some ten milliseconds. */
const NEAREST = 24;
const NORMAL_SAMPLES = 240;
const ABNORMAL_SAMPLES = 120;
/** A cause may be older than the failure by so many samples, and by this much at least. */
const LEAD_SAMPLES = 5;
const LEAD_MS = 60_000;
/** Suspects below one mean deviation are not named. */
const LEAST_SCORE = Math.log(2);

/** The other pipelines a failure may come from, and who calls whom. */
export interface Neighbourhood {
  readonly judge: (pipeline: string) => PipelineJudge | undefined;
  readonly graph: CallGraph | null;
  /** Judges of the peers of a pipeline: what they show as well is not due to its deployment. */
  readonly peers: (pipeline: string) => readonly PipelineJudge[];
}

/**
 * What a failure probably began with, most likely first, at most three.
 *
 * Services that the failing one calls by the graph, directly or not, and those that failed with it, ranked as
 * `rollwatch rca` does; then its own metrics: those at least half as far off as the worst, by the time they began. Normal is
 * the control window before what is looked at: from the deployment or five samples (a minute at least) before the
 * failure, whichever is later. Only samples up to `atMs` are looked at. Asked for when a failure begins, never per sample.
 */
export function causesOf(judge: PipelineJudge, atMs: number, around: Neighbourhood): readonly Cause[] {
  const sinceMs = judge.board.failingSinceMs;
  if (sinceMs === null) return [];
  const { current } = judge.timeline;
  const deployedMs = current === null || current.origin === 'inferred' ? Number.NEGATIVE_INFINITY : current.atMs;
  const gapMs = Math.max(...judge.board.all.map((metric) => metric.gapMs || 0));
  const leadMs = Math.max(LEAD_MS, gapMs * LEAD_SAMPLES);
  const fromMs = Math.max(sinceMs - leadMs, Math.min(deployedMs, sinceMs));
  const span = { normalMs: fromMs - judge.settings.analysis.controlMs, fromMs, atMs };
  const own = seriesOf(judge, span);
  return [...services(judge, own, span, around), ...ownMetrics(judge, own)].slice(0, MOST);
}

interface Span {
  readonly normalMs: number;
  readonly fromMs: number;
  readonly atMs: number;
}

function services(
  judge: PipelineJudge,
  own: readonly RcaSeries[],
  span: Span,
  { judge: judgeOf, graph }: Neighbourhood,
): readonly Cause[] {
  const { pipeline } = judge.settings;
  const called = nearest(graph, pipeline);
  const names = [...new Set([...called, ...judge.sharedWith])].filter((name) => name !== pipeline).slice(0, NEAREST);
  const others = names.flatMap((name) => judgeOf(name) ?? []);
  if (others.length === 0) return [];
  const series = others.flatMap((other) => seriesOf(other, span));
  const began = onsetOf(own);
  const suspects = rankCauses([...own, ...series], { target: { service: pipeline, metric: null }, graph });
  return suspects
    .filter(({ score, onPath, onsetMs }) => {
      if (score < LEAST_SCORE) return false;
      // Without a call between them only what began earlier can be the cause.
      return onPath === true || (onsetMs !== null && onsetMs < began);
    })
    .slice(0, MOST_SERVICES)
    .flatMap(({ service, metrics: [worst], explains }): readonly Cause[] => {
      if (worst === undefined || worst.score <= 0) return [];
      const { metric, observed, expected, onsetMs, score } = worst;
      const unit = judgeOf(service)?.board.get(metric)?.spec.unit ?? 'none';
      return [{ service, metric, unit, observed, expected, onsetMs, score, explains }];
    });
}

function ownMetrics(judge: PipelineJudge, own: readonly RcaSeries[]): readonly Cause[] {
  const { pipeline: service } = judge.settings;
  const found = own.flatMap((series) => {
    const deviation = deviationOf(series);
    if (deviation === null) return [];
    const score = changeOf(deviation, ALL_ALONG);
    const weighted = score * ROLE_WEIGHT[roleOf(series.metric, null)];
    const sizes = deviation.sigma.map((one) => (series.worse === 'both' ? Math.abs(one) : one));
    const observed = series.abnormal[sizes.indexOf(Math.max(...sizes))] ?? Number.NaN;
    const unit = judge.board.get(series.metric)?.spec.unit ?? 'none';
    const { expected, onsetMs } = deviation;
    const cause: Cause = { service, metric: series.metric, unit, observed, expected, onsetMs, score, explains: [] };
    return [{ cause, weighted }];
  });
  const most = Math.max(0, ...found.map(({ cause }) => cause.score));
  return found
    .filter(({ cause: { score, onsetMs } }) => score > 0 && score >= most / 2 && onsetMs !== null)
    .toSorted((a, b) => a.cause.onsetMs! - b.cause.onsetMs! || b.weighted - a.weighted)
    .map(({ cause }) => cause);
}

function seriesOf(judge: PipelineJudge, span: Span): readonly RcaSeries[] {
  const { pipeline } = judge.settings;
  return judge.board.all.flatMap((metric) => (metric.spec.weight > 0 ? seriesFrom(pipeline, metric, span) : []));
}

function seriesFrom(service: string, { spec, ring }: MetricState, { normalMs, fromMs, atMs }: Span): RcaSeries {
  const normal = ring.window(normalMs, fromMs);
  const abnormal = ring.window(fromMs, atMs + 1);
  return {
    service,
    metric: spec.name,
    caller: null,
    worse: spec.worse,
    normal: Array.from(normal.values.slice(-NORMAL_SAMPLES)),
    abnormal: Array.from(abnormal.values.slice(-ABNORMAL_SAMPLES)),
    abnormalAtMs: Array.from(abnormal.atMs.slice(-ABNORMAL_SAMPLES)),
  };
}

function onsetOf(series: readonly RcaSeries[]): number {
  return Math.min(...series.map((one) => deviationOf(one)?.onsetMs ?? Number.POSITIVE_INFINITY));
}

/** The services a pipeline calls, directly or not, nearest first. */
function nearest(graph: CallGraph | null, pipeline: string): readonly string[] {
  const found = new Set([pipeline]);
  for (const service of found) {
    if (found.size > NEAREST) break;
    for (const callee of graph?.get(service) ?? []) found.add(callee);
  }
  return [...found].slice(1);
}
