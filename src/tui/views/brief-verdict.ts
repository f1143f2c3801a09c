import type { Evidence, Prediction, VerdictReason } from '../../core/model/verdict.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import { said } from '../format/said.ts';
import { width } from '../format/text.ts';
import { shortDuration } from '../format/time.ts';
import { shortMetric, valueWithUnit } from '../format/value.ts';

/** Verdicts under which there is nothing more urgent to say than what is to come. */
const QUIET: ReadonlySet<VerdictReason> = new Set([
  'healthy',
  'watching',
  'no-baseline',
  'near-limit',
  'recovered',
] as const);

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
  return QUIET.has(verdict.reason) ? (verdict.predicted?.[0] ?? null) : null;
}

/**
 * A verdict in the few words that a column has room for; its full sentence stands elsewhere. `isShown` tells whether a
 * metric and its value are in the same row.
 */
export function briefVerdict(view: PipelineView, isShown: (metric: string) => boolean, columns = Infinity): string {
  const brief = inBrief(view, isShown);
  return [brief, ...inFewer(view, isShown)].find((text) => width(text) <= columns) ?? brief;
}

/** The same where not even the few words fit, the longest first. */
function inFewer(view: PipelineView, isShown: (metric: string) => boolean): readonly string[] {
  const soonest = foreseen(view);
  if (soonest !== null) {
    const glued = predictionText(soonest).replace(' %', '%');
    return [glued, glued.slice(0, glued.lastIndexOf(' '))];
  }
  const worst = view.verdict.evidence[0];
  if (view.verdict.reason !== 'anomaly' || worst === undefined) return [];
  return [isShown(worst.metric) ? anomalyWord(view) : observedText(worst)];
}

function inBrief(view: PipelineView, isShown: (metric: string) => boolean): string {
  const { verdict } = view;
  const soonest = foreseen(view);
  if (soonest !== null) return predictionText(soonest);
  const worst = verdict.evidence[0];
  const { reason } = verdict;
  if (reason === 'healthy' || reason === 'watching') return reason;
  if (reason === 'at-peers') return 'as bad at its peers: not blamed';
  if (reason === 'bad-before') return 'bad before: not blamed';
  if (worst === undefined) return said(verdict.text);
  if (reason === 'anomaly') {
    const more = (verdict.failing ?? verdict.evidence.length) - 1;
    if (isShown(worst.metric)) return `${anomalyWord(view)}, ${worst.inARow} in a row`;
    return observedText(worst) + (more > 0 ? ` +${more} more` : '');
  }
  if (reason === 'anomaly-pending' || reason === 'near-limit') {
    const isOver = worst.inARow === 0 && worst.score > 1;
    return `${observedText(worst)} · ${worst.inARow > 0 ? `${worst.inARow} in a row` : isOver ? 'over' : 'unusual'}`;
  }
  return reason === 'shared-cause' ? `shared cause: ${observedText(worst)}` : said(verdict.text);
}

function anomalyWord({ verdict }: PipelineView): string {
  return verdict.phase === 'Failed' ? 'failed' : 'anomaly';
}

function observedText({ metric, observed, unit, direction }: Evidence): string {
  return `${shortMetric(metric)} ${valueWithUnit(observed, unit)}${direction === 'low' ? '▼' : '▲'}`;
}
