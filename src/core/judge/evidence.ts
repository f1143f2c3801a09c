import type { Evidence } from '../model/verdict.ts';
import { movingTogether } from './moves-together.ts';
import type { MetricState } from './metric-state.ts';
import { STANDING, type Standing } from './standing.ts';

/** As many as a dialog can show. */
const MOST = 8;
/** Beyond this a higher score no longer makes a metric worse than a heavier one. */
const RANKED_SCORE = 5;

/**
 * What a person can check, worst first, at most eight: metrics that fail now, then those on the way to it, by weight times
 * score (counted up to 5). Metrics that are not blamed are in it only where `unblamed` asks for that standing and nothing
 * else is. Of more than eight, those come first that stand for the others: one of each group that moves together.
 */
export function evidenceOf(metrics: readonly MetricState[], unblamed: Standing | null): readonly Evidence[] {
  const blamed = metrics.filter(
    (metric) => metric.standing === STANDING.blamed || metric.standing === STANDING.pending,
  );
  const shown =
    blamed.length > 0 || unblamed === null ? blamed : metrics.filter((metric) => metric.standing === unblamed);
  const worstFirst = shown.toSorted(
    (a, b) => b.standing - a.standing || rank(b) - rank(a) || (a.spec.name < b.spec.name ? -1 : 1),
  );
  if (worstFirst.length <= MOST) return worstFirst.map(evidenceFor);
  const groups = movingTogether(worstFirst);
  const leads = groups.slice(0, MOST).map(({ lead, others }): Evidence => {
    return { ...evidenceFor(lead), ...(others.length > 0 && { movesWith: others.length }) };
  });
  const rest = groups.flatMap(({ lead, others }) =>
    others.map((metric): Evidence => ({ ...evidenceFor(metric), movesAlong: lead.spec.name })),
  );
  return [...leads, ...rest.slice(0, MOST - leads.length)];
}

function rank(metric: MetricState): number {
  return Math.max(metric.spec.weight, 0.1) * Math.min(metric.odd.score, RANKED_SCORE);
}

function evidenceFor(metric: MetricState): Evidence {
  const { name, unit, limit, worse } = metric.spec;
  const { expected: range, sigma, by } = metric.explain();
  const isNear = metric.standing === STANDING.near && metric.run.now === 0;
  // Where only the absolute limit objects, the range before the deployment explains nothing.
  const inside = range !== null && metric.odd.value >= range.low && metric.odd.value <= range.high;
  const expected = inside && !isNear ? null : range;
  const low = expected !== null && unit !== 'none' ? Math.max(0, expected.low) : expected?.low;
  const above = expected === null || metric.odd.value > (expected.low + expected.high) / 2;
  return {
    metric: name,
    unit,
    detector: by,
    observed: metric.odd.value,
    expected: expected === null || low === undefined ? null : { low, high: expected.high },
    limit,
    score: metric.odd.score,
    sigma,
    direction: worse === 'down' || (worse === 'both' && !above) ? 'low' : 'high',
    sinceMs: isNear ? metric.near.sinceMs : metric.run.sinceMs,
    inARow: isNear ? 0 : metric.run.length,
    ...(metric.odd.rests && { resting: { onsetScore: metric.run.onsetScore, aloneInARow: metric.run.alone } }),
  };
}
