import type { AnalysisSettings } from '../model/policy.ts';
import { isCounter, isTrafficMetric } from '../series/metric-spec.ts';
import type { Window } from '../series/ring.ts';
import type { MetricBoard } from './metric-board.ts';
import type { MetricState } from './metric-state.ts';
import { STANDING } from './standing.ts';

const MINUTE_MS = 60_000;
/** What is said of the traffic now is the mean of the newest samples within this time. */
const RECENT_MS = 5 * MINUTE_MS;
const PER_SECOND = /(^|_)(rps|qps|tps)(_|$)|_per_s(ec(ond)?)?$/i;

/** Requests per minute since the deployment, NaN without samples; null where there is no traffic rule. */
export function trafficPerMinute(board: MetricBoard, rule: AnalysisSettings['traffic']): number | null {
  if (rule === null) return null;
  const metric = board.get(rule.metric);
  if (metric === undefined || metric.judged === 0) return Number.NaN;
  if (isCounter(metric.spec.name)) return increasePerMinute(metric.ring.newest(metric.judged));
  return perMinuteOf(metric, metric.sum / metric.judged);
}

/**
 * Requests per minute now, by the metric of the traffic rule or else the first that counts requests by its name; null
 * where nothing does, or nothing came of late.
 */
export function requestsPerMinute(board: MetricBoard, rule: AnalysisSettings['traffic'], nowMs: number): number | null {
  const metric = rule === null ? countedBy(board) : board.get(rule.metric);
  const recent = metric?.ring.window(nowMs - RECENT_MS, nowMs + MINUTE_MS);
  if (metric === undefined || recent === undefined || recent.values.length === 0) return null;
  const perMinute = isCounter(metric.spec.name)
    ? increasePerMinute(recent)
    : perMinuteOf(metric, recent.values.reduce((sum, one) => sum + one, 0) / recent.values.length);
  return Number.isFinite(perMinute) ? perMinute : null;
}

/** Looked for again only when a metric was added: it is asked for at every decision. */
const counted = new WeakMap<MetricBoard, { readonly metrics: number; readonly found: MetricState | undefined }>();

function countedBy(board: MetricBoard): MetricState | undefined {
  const known = counted.get(board);
  if (known?.metrics === board.all.length) return known.found;
  const found = board.all.find(({ spec }) => isTrafficMetric(spec.name));
  counted.set(board, { metrics: board.all.length, found });
  return found;
}

/** False while too few requests were served to judge a deployment by. */
export function hasEnoughTraffic(board: MetricBoard, rule: AnalysisSettings['traffic']): boolean {
  if (rule === null) return true;
  // Where the loss of traffic is itself the failure, it is no excuse.
  if (board.get(rule.metric)?.standing === STANDING.blamed) return true;
  const perMinute = trafficPerMinute(board, rule);
  return perMinute !== null && perMinute >= rule.minimumPerMinute;
}

/** A count is per sample, a rate per second sixty times as much; every other unit is taken as a rate per minute. */
function perMinuteOf({ spec, gapMs }: MetricState, mean: number): number {
  if (PER_SECOND.test(spec.name)) return mean * 60;
  return spec.unit === 'count' ? mean / (Math.max(1, gapMs) / MINUTE_MS) : mean;
}

/** Of a value that only grows: what was added, a fall being a restart from 0. NaN with fewer than two samples. */
function increasePerMinute({ atMs, values }: Window): number {
  let added = 0;
  for (let i = 1; i < values.length; i += 1) {
    const step = values[i]! - values[i - 1]!;
    added += step >= 0 ? step : values[i]!;
  }
  const spanMs = values.length < 2 ? 0 : atMs[atMs.length - 1]! - atMs[0]!;
  return spanMs > 0 ? added / (spanMs / MINUTE_MS) : Number.NaN;
}
