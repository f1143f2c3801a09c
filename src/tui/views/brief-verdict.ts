import type { Evidence, Prediction } from '../../core/model/verdict.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import { visible } from '../format/text.ts';
import { shortDuration } from '../format/time.ts';
import { shortMetric, valueWithUnit } from '../format/value.ts';

/** A limit on its way, in a few words: `mem 90 % in 14m (9–22)`. */
export function predictionText({ metric, unit, limit, inMs, earliestMs, latestMs }: Prediction): string {
  const short = shortDuration(inMs);
  // The interval is in the unit of the time before it.
  const each = short.endsWith('s') ? 1000 : short.endsWith('m') ? 60_000 : 3_600_000;
  const [from, to] = [earliestMs, latestMs].map((ms) => Math.round(ms / each));
  return `${shortMetric(metric)} ${valueWithUnit(limit, unit)} in ${short} (${from}–${to})`;
}

/** The limit that will be passed first, where nothing is wrong yet; null without one. */
export function foreseen({ verdict }: PipelineView): Prediction | null {
  const isQuiet = verdict.evidence.length === 0 && (verdict.reason === 'healthy' || verdict.reason === 'watching');
  return isQuiet ? (verdict.predicted?.[0] ?? null) : null;
}

/**
 * A verdict in the few words that a column has room for; its full sentence stands elsewhere. `isShown` tells whether a
 * metric and its value are in the same row.
 */
export function briefVerdict(view: PipelineView, isShown: (metric: string) => boolean): string {
  const { verdict } = view;
  const soonest = foreseen(view);
  if (soonest !== null) return predictionText(soonest);
  const worst = verdict.evidence[0];
  const { reason } = verdict;
  if (reason === 'healthy' || reason === 'watching') return reason;
  if (reason === 'at-peers') return 'as bad at its peers: not blamed';
  if (reason === 'bad-before') return 'bad before: not blamed';
  if (worst === undefined) return visible(verdict.text);
  if (reason === 'anomaly') {
    const more = verdict.evidence.length - 1;
    const word = verdict.phase === 'Failed' ? 'failed' : 'anomaly';
    if (isShown(worst.metric)) return `${word}, ${worst.inARow} in a row`;
    return observedText(worst) + (more > 0 ? ` +${more} more` : '');
  }
  if (reason === 'anomaly-pending') return `${observedText(worst)} · ${worst.inARow} in a row`;
  return reason === 'shared-cause' ? `shared cause: ${observedText(worst)}` : visible(verdict.text);
}

function observedText({ metric, observed, unit, direction }: Evidence): string {
  return `${shortMetric(metric)} ${valueWithUnit(observed, unit)}${direction === 'low' ? '▼' : '▲'}`;
}
