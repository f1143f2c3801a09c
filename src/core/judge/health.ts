import type { MetricKind } from '../model/metric.ts';
import type { HealthPart, HealthScore } from '../model/verdict.ts';
import type { MetricState } from './metric-state.ts';

/** Score up to which a metric is entirely well, at its limit, and entirely bad. */
const WELL = 0.75;
const BAD = 2;
/** Value of a metric that stands exactly at its limit. */
const AT_LIMIT = 60;

/** A metric with fresh data, as far as the score needs it. */
interface Known {
  readonly weight: number;
  readonly kind: MetricKind;
  /** 0..100. */
  readonly value: number;
}

/**
 * Health of a pipeline, 0 (worst) to 100, of technical metrics and business ones (orders, revenue) by their weights.
 *
 * Part of a metric, from its level s (detector score smoothed over about three samples, 1 = at the limit): 100 up to
 * s = 0.75, falling in a line to 60 at s = 1 and to 0 at s = 2. Health = 100 − ½ · weighted mean of the losses
 * − ½ · largest loss, each loss taken times its weight over the largest weight: one metric that is entirely bad costs
 * half, so that it cannot hide among fifty. A key objective that is missed (s above 1) caps it: no better than the
 * objective's cap, whatever the rest says. `technical` and `business` are the same formula over one kind each.
 * Confidence is the share of the weight that has fresh data and a detector that can tell; metrics without it change the
 * confidence and not the value. Null when there is none.
 *
 * @param isFresh tells whether a metric's last sample is young enough
 * @param objectives caps, 0..100, by the name of the metric
 */
export function healthOf(
  metrics: readonly MetricState[],
  isFresh: (metric: MetricState) => boolean,
  objectives: Readonly<Record<string, number>> = {},
): HealthScore {
  const parts: HealthPart[] = [];
  const known: Known[] = [];
  let cappedBy: HealthScore['cappedBy'];
  let total = 0;
  for (const metric of metrics) {
    const { name, weight, kind } = metric.spec;
    const cap = objectives[name];
    const fresh = isFresh(metric) && !Number.isNaN(metric.level);
    if (cap !== undefined && fresh && metric.level > 1 && cap < (cappedBy?.cap ?? 101))
      cappedBy = { metric: name, cap };
    if (!(weight > 0)) continue;
    total += weight;
    const value = fresh ? partOf(metric.level) : null;
    const unjudged = value === null && isFresh(metric);
    parts.push({
      metric: name,
      kind,
      weight,
      value: value === null ? null : Math.round(value),
      ...(unjudged && { unjudged }),
    });
    if (value !== null) known.push({ weight, kind, value });
  }
  const score = scoreOf(known);
  if (score === null) return { value: cappedBy?.cap ?? null, confidence: 0, parts, ...(cappedBy && { cappedBy }) };
  const technical = scoreOf(known.filter(({ kind }) => kind === 'technical'));
  const business = scoreOf(known.filter(({ kind }) => kind === 'business'));
  const holds = cappedBy !== undefined && cappedBy.cap < score;
  return {
    value: holds ? cappedBy!.cap : score,
    confidence: known.reduce((sum, { weight }) => sum + weight, 0) / total,
    parts,
    ...(technical !== null && { technical }),
    ...(business !== null && { business }),
    ...(holds && { cappedBy: cappedBy! }),
  };
}

/** The formula over some metrics; null without any. */
function scoreOf(known: readonly Known[]): number | null {
  if (known.length === 0) return null;
  let [sum, loss, heaviest, worst] = [0, 0, 0, 0];
  for (const { weight, value } of known) {
    sum += weight;
    heaviest = Math.max(heaviest, weight);
    loss += (100 - value) * weight;
    worst = Math.max(worst, (100 - value) * weight);
  }
  return Math.round(100 - loss / sum / 2 - worst / heaviest / 2);
}

/**
 * Health of a fleet: the mean of the pipelines whose health is known, 0..100; null when none is. A pipeline without data
 * is shown as such and changes nothing here.
 */
export function fleetHealth(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
}

function partOf(level: number): number {
  if (level <= WELL) return 100;
  if (level <= 1) return 100 - ((level - WELL) / (1 - WELL)) * (100 - AT_LIMIT);
  return Math.max(0, AT_LIMIT * (1 - (level - 1) / (BAD - 1)));
}
