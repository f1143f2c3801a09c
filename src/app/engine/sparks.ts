import type { MetricState } from '../../core/judge/metric-state.ts';
import { STANDING, type Standing } from '../../core/judge/standing.ts';
import type { PipelineJudge } from '../../core/judge/pipeline-judge.ts';
import { predictedMetrics } from '../../core/judge/predictions.ts';
import { isFresh } from '../../core/judge/verdict-of.ts';
import { worstPerBucket } from '../../core/series/downsample.ts';
import type { Spark } from '../../core/session/snapshot.ts';

const POINTS = 32;
/** A sparkline covers at least this much, so that a fast writer's does not show a minute only. */
const SPAN_MS = 1_800_000;
/** Sparklines are drawn anew when this much time has been added to them. */
const REDRAW_MS = 5000;
/** How many metrics are worth a sparkline in the fleet. */
const WORTH = 4;
/** In every fleet the same where a pipeline has them: columns are there to be compared. */
const USUAL = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'];

/** The pipeline's metrics: blamed first, then those on their way to a limit, by weight, in the order of the file. */
export function metricsByBlame(judge: PipelineJudge): readonly MetricState[] {
  const urgency = urgencies(judge);
  return judge.board.all.toSorted((a, b) => urgency(b) - urgency(a) || b.spec.weight - a.spec.weight);
}

/** Sparklines as they were last drawn, and of what. */
export interface DrawnSparks {
  readonly lastMs: number;
  /** How many metrics fail and are about to: another order of the metrics. */
  readonly standing: string;
  readonly list: readonly Spark[];
}

/**
 * At most four sparklines for the fleet. In a large fleet most of the time of a frame would go into drawing the same
 * half hour again for one more second of it: only the latest value is always new.
 */
export function sparksOf(judge: PipelineJudge, drawn: DrawnSparks | null): DrawnSparks {
  const { board, lastMs } = judge;
  const standing = `${board.blamed} ${board.pending} ${board.near} ${board.vetoed} ${board.common} ${board.all.length}`;
  if (drawn?.standing === standing && lastMs - drawn.lastMs < REDRAW_MS) {
    return {
      ...drawn,
      list: drawn.list.map((spark) => ({ ...spark, latest: latestOf(board.get(spark.spec.name), judge) })),
    };
  }
  const list = worthASpark(judge).map((metric) => sparkOf(metric, judge));
  return { lastMs, standing, list };
}

/** The usual metrics, then the most urgent others; the most urgent of all is in it, if need be for a quiet one. */
function worthASpark(judge: PipelineJudge): readonly MetricState[] {
  const byBlame = metricsByBlame(judge);
  const usual = USUAL.flatMap((name) => judge.board.get(name) ?? []);
  const chosen = [...usual, ...byBlame.filter((metric) => !usual.includes(metric))].slice(0, WORTH);
  const urgency = urgencies(judge);
  const [worst] = byBlame;
  if (worst === undefined || chosen.includes(worst) || urgency(worst) === 0) return chosen;
  const least = Math.min(...chosen.map(urgency));
  const place = chosen.findLastIndex((metric) => urgency(metric) === least);
  return urgency(worst) > least ? chosen.with(place, worst) : chosen;
}

/**
 * One metric in at most 32 points: the worst sample of each of 32 equal spans of the last half hour or more, null for
 * a span without one; where samples are too rare for that, the newest 32 with one null for each gap. It ends with the
 * newest sample of the pipeline: a metric that has fallen silent beside the others ends in nulls and has no latest value.
 */
export function sparkOf(metric: MetricState, judge: PipelineJudge): Spark {
  const { ring, spec } = metric;
  const latest = latestOf(metric, judge);
  const intervalMs = judge.fresh.intervalMs(judge.board.pace);
  const own = Number.isNaN(metric.gapMs) ? intervalMs : Math.max(intervalMs || 0, metric.gapMs);
  if (Number.isNaN(own) || own * POINTS >= SPAN_MS) return { spec, latest, ...rareSpark(metric, own, latest === null) };
  const toMs = Math.max(ring.lastMs, judge.lastMs) + 1;
  const fromMs = toMs - SPAN_MS;
  const { atMs, values } = ring.window(fromMs, toMs);
  const chosen = worstPerBucket(atMs, values, fromMs, toMs, POINTS, spec.worse);
  const firstBucket = chosen.findIndex((index) => index >= 0);
  const shown = [...chosen.subarray(Math.max(0, firstBucket))];
  const width = SPAN_MS / POINTS;
  return {
    spec,
    latest,
    values: shown.map((index) => (index < 0 ? null : values[index]!)),
    flags: shown.map((_, i) => {
      const from = fromMs + (Math.max(0, firstBucket) + i) * width;
      return flagOf(metric, from, from + width);
    }),
  };
}

/** 1 when a sample in `fromMs` ≤ time < `toMs` was anomalous. */
export function flagOf(metric: MetricState, fromMs: number, toMs: number): 0 | 1 {
  return metric.anomalies !== null && metric.anomalies.count(fromMs, toMs) > 0 ? 1 : 0;
}

function latestOf(metric: MetricState | undefined, { lastMs, fresh, board, settings }: PipelineJudge): number | null {
  if (metric === undefined || metric.ring.length === 0) return null;
  const stillReports = isFresh(metric, lastMs, fresh.staleAfterMs(board.pace), settings.analysis.staleIntervals);
  return stillReports ? metric.ring.lastValue : null;
}

function rareSpark(
  metric: MetricState,
  gapMs: number,
  isSilent: boolean,
): { values: (number | null)[]; flags: (0 | 1)[] } {
  const { atMs, values: samples } = metric.ring.newest(POINTS);
  const values: (number | null)[] = [];
  const flags: (0 | 1)[] = [];
  for (const [i, at] of atMs.entries()) {
    if (i > 0 && at - atMs[i - 1]! > gapMs * 1.5) {
      values.push(null);
      flags.push(0);
    }
    values.push(samples[i]!);
    flags.push(flagOf(metric, at, at + 1));
  }
  if (isSilent) {
    values.push(null);
    flags.push(0);
  }
  return { values: values.slice(-POINTS), flags: flags.slice(-POINTS) };
}

function urgencies(judge: PipelineJudge): (metric: MetricState) => number {
  const soon = new Set(predictedMetrics(judge));
  return ({ standing, spec }) => (standing === STANDING.quiet && soon.has(spec.name) ? 0.5 : URGENCY[standing]);
}

const URGENCY: Readonly<Record<Standing, number>> = {
  [STANDING.quiet]: 0,
  [STANDING.near]: 1,
  [STANDING.vetoed]: 1,
  [STANDING.common]: 1,
  [STANDING.pending]: 2,
  [STANDING.blamed]: 3,
};
