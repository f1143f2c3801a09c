import type { HealthPart, HealthScore } from '../model/verdict.ts';
import type { MetricState } from './metric-state.ts';

/** Score up to which a metric is entirely well, at its limit, and entirely bad. */
const WELL = 0.75;
const BAD = 2;
/** Value of a metric that stands exactly at its limit. */
const AT_LIMIT = 60;

/**
 * Health of a pipeline, 0 (worst) to 100.
 *
 * Part of a metric, from its level s (detector score smoothed over about three samples, 1 = at the limit): 100 up to
 * s = 0.75, falling in a line to 60 at s = 1 and to 0 at s = 2. Health = 100 − ½ · weighted mean of the losses
 * − ½ · largest loss, each loss taken times its weight over the largest weight: one metric that is entirely bad costs
 * half, so that it cannot hide among fifty. Confidence is the share of the weight that has fresh data and a detector
 * that can tell; metrics without it change the confidence and not the value. Null when there is none.
 *
 * `isFresh` tells whether a metric's last sample is young enough.
 */
export function healthOf(metrics: readonly MetricState[], isFresh: (metric: MetricState) => boolean): HealthScore {
  const parts: HealthPart[] = [];
  let known = 0;
  let total = 0;
  let loss = 0;
  let heaviest = 0;
  let worst = 0;
  for (const metric of metrics) {
    const { name, weight } = metric.spec;
    if (!(weight > 0)) continue;
    total += weight;
    const value = isFresh(metric) && !Number.isNaN(metric.level) ? partOf(metric.level) : null;
    parts.push({ metric: name, weight, value: value === null ? null : Math.round(value) });
    if (value === null) continue;
    known += weight;
    heaviest = Math.max(heaviest, weight);
    loss += (100 - value) * weight;
    worst = Math.max(worst, (100 - value) * weight);
  }
  if (known === 0) return { value: null, confidence: 0, parts };
  return {
    value: Math.round(100 - loss / known / 2 - worst / heaviest / 2),
    confidence: known / total,
    parts,
  };
}

function partOf(level: number): number {
  if (level <= WELL) return 100;
  if (level <= 1) return 100 - ((level - WELL) / (1 - WELL)) * (100 - AT_LIMIT);
  return Math.max(0, AT_LIMIT * (1 - (level - 1) / (BAD - 1)));
}
