import type { MetricSpec } from '../model/metric.ts';

/** The same metric, no longer judged and no part of the health. */
export function shownOnly(spec: MetricSpec): MetricSpec {
  return { ...spec, weight: 0, limit: null };
}
