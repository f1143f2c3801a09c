import { f1Of } from './intervals.ts';

/** A raise is followed by silence for so many points; then it is raised again if it still fires. */
const SILENT_POINTS = 30;

/** Scores of one series with the windows in which something is wrong: first and last index, both within. */
export interface ScoredSeries {
  readonly scores: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
  /** Points before this index are not judged. */
  readonly from: number;
  /** Raises so many points before a window count for it. */
  readonly early: number;
  readonly pointsPerDay: number;
}

/** Events found and false alarms at one limit. */
export interface EventCount {
  readonly f1: number;
  readonly found: number;
  readonly events: number;
  readonly falseAlarms: number;
  readonly points: number;
  readonly days: number;
}

/** Every event is found or not, every raise outside is a false alarm; no point adjustment. */
export function countEvents(series: readonly ScoredSeries[], limit: number): EventCount {
  let [found, events, falseAlarms, points, days] = [0, 0, 0, 0, 0];
  for (const { scores, windows, from, early, pointsPerDay } of series) {
    const hit = new Set<number>();
    for (let at = from; at < scores.length; at += 1) {
      if (!(scores[at]! > limit)) continue;
      const window = windows.findIndex(([first, last]) => at >= first - early && at <= last);
      if (window < 0) falseAlarms += 1;
      else hit.add(window);
      at += SILENT_POINTS - 1;
    }
    found += hit.size;
    events += windows.length;
    points += scores.length - from;
    days += (scores.length - from) / pointsPerDay;
  }
  return { f1: f1Of(found, falseAlarms, events), found, events, falseAlarms, points, days };
}

/** The limit with the best F1 on these very series: what flatters a baseline most. */
export function bestEventLimit(series: readonly ScoredSeries[]): number {
  const all = series.flatMap(({ scores, from }) => Array.from(scores.subarray(from)).filter((score) => score > 0));
  all.sort((a, b) => b - a);
  let [best, limit] = [-1, Number.POSITIVE_INFINITY];
  for (let rank = 10; rank < all.length; rank = Math.ceil(rank * 1.15)) {
    const { f1 } = countEvents(series, all[rank]!);
    if (f1 > best) [best, limit] = [f1, all[rank]!];
  }
  return limit;
}
