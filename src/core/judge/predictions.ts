import { forecastLimit, type Forecast } from '../forecast/forecast.ts';
import type { Prediction } from '../model/verdict.ts';
import type { MetricState } from './metric-state.ts';
import { STANDING } from './standing.ts';
import type { PipelineJudge } from './pipeline-judge.ts';

/** The trend is taken from at most this long, and needs at least so much. */
const TREND_MS = 1_800_000;
const LEAST_TREND_MS = 300_000;
const HORIZON_MS = 3_600_000;

/** What was forecast from which samples: asked again without new ones it costs nothing. */
interface Known {
  readonly revision: number;
  readonly sinceMs: number;
  readonly forecast: Forecast | null;
}

const known = new WeakMap<MetricState, Known>();

/**
 * Limits that metrics are on their way to, soonest first: metrics with a limit on one side, quiet or bad by what is
 * usual for them, from the last half hour, or from the deployment where that is nearer (what came before it is another
 * program). What was bad before the deployment, or is as bad elsewhere, is left out.
 *
 * @param sinceMs time of the deployment; −Infinity where nothing was deployed
 * @param isFresh tells whether a metric's last sample is young enough
 */
export function predictionsOf(
  metrics: readonly MetricState[],
  sinceMs: number,
  isFresh: (metric: MetricState) => boolean,
): readonly Prediction[] {
  const found = metrics.flatMap((metric) => {
    const { standing } = metric;
    if (standing === STANDING.vetoed || standing === STANDING.common || !isFresh(metric)) return [];
    const forecast = forecastOf(metric, sinceMs);
    return forecast === null ? [] : [{ metric: metric.spec.name, unit: metric.spec.unit, ...forecast }];
  });
  return found.toSorted((a, b) => a.inMs - b.inMs || (a.metric < b.metric ? -1 : 1));
}

/** Names of the metrics on their way to a limit, whatever their freshness; empty of a recording. */
export function predictedMetrics(judge: PipelineJudge): readonly string[] {
  if (judge.freshness === 'recorded') return [];
  return predictionsOf(judge.board.all, ownSinceMs(judge), () => true).map(({ metric }) => metric);
}

/** True while a deployment is under analysis, nothing fails, and a metric is on its way to its limit. */
export function foreseesLimit(judge: PipelineJudge): boolean {
  return judge.underAnalysis && judge.board.blamed === 0 && predictedMetrics(judge).length > 0;
}

/** From when on samples are the deployment's own; −Infinity where nothing was deployed. */
export function ownSinceMs({ timeline: { current }, settings }: PipelineJudge): number {
  return current === null || current.origin === 'inferred'
    ? Number.NEGATIVE_INFINITY
    : current.atMs + settings.analysis.warmUpMs;
}

function forecastOf(metric: MetricState, sinceMs: number): Forecast | null {
  const { ring, spec } = metric;
  const { limit, worse } = spec;
  if (limit === null || worse === 'both' || ring.length === 0) return null;
  const { lastMs, length, revision } = ring;
  const before = known.get(metric);
  if (before?.revision === revision && before.sinceMs === sinceMs) return before.forecast;
  const window = ring.newest(length);
  const trendMs = Math.min(TREND_MS, lastMs - Math.max(ring.firstMs, sinceMs));
  const forecast =
    trendMs < LEAST_TREND_MS ? null : forecastLimit({ ...window, limit, worse, trendMs, horizonMs: HORIZON_MS });
  known.set(metric, { revision, sinceMs, forecast });
  return forecast;
}
