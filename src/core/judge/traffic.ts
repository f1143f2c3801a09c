import type { AnalysisSettings } from '../model/policy.ts';
import type { MetricBoard } from './metric-board.ts';
import { STANDING } from './metric-state.ts';

/** Requests per minute since the deployment, NaN without samples; null where there is no traffic rule. */
export function trafficPerMinute(board: MetricBoard, rule: AnalysisSettings['traffic']): number | null {
  if (rule === null) return null;
  const metric = board.get(rule.metric);
  if (metric === undefined || metric.judged === 0) return Number.NaN;
  const mean = metric.sum / metric.judged;
  // A count is per sample; every other unit is taken as a rate per minute already.
  return metric.spec.unit === 'count' ? mean / (Math.max(1, metric.gapMs) / 60_000) : mean;
}

/** False while too few requests were served to judge a deployment by. */
export function hasEnoughTraffic(board: MetricBoard, rule: AnalysisSettings['traffic']): boolean {
  if (rule === null) return true;
  // Where the loss of traffic is itself the failure, it is no excuse.
  if (board.get(rule.metric)?.standing === STANDING.blamed) return true;
  const perMinute = trafficPerMinute(board, rule);
  return perMinute !== null && perMinute >= rule.minimumPerMinute;
}
