import type { NabFile } from './nab-files.ts';

/** Weights of NAB's profiles: what a false alarm costs against a window found. */
const FALSE_ALARM = { standard: 0.11, lowFp: 0.22 } as const;

/**
 * NAB's own score, by the rules of its sweeper: the earlier in a window, the better; a false alarm costs less right after
 * a window; one limit for all files, the best there is; 0 for finding nothing, 100 for everything at once.
 */
export function nabScore(
  files: readonly NabFile[],
  scores: readonly Float64Array[],
  profile: keyof typeof FALSE_ALARM,
): number {
  const cost = FALSE_ALARM[profile];
  const points: { readonly score: number; readonly worth: number; readonly window: number }[] = [];
  let windowCount = 0;
  for (const [f, file] of files.entries()) {
    for (let at = file.probation; at < file.values.length; at += 1) {
      const score = scores[f]![at]!;
      if (!(score > 0)) continue;
      const inside = file.windows.findIndex(([first, last]) => at >= first && at <= last);
      if (inside >= 0) {
        const [first, last] = file.windows[inside]!;
        const worth = sigmoid(-(last - at + 1) / (last - first + 1)) / sigmoid(-1);
        points.push({ score, worth, window: windowCount + inside });
        continue;
      }
      const before = file.windows.findLast(([, last]) => last < at);
      const worth = before === undefined ? -1 : sigmoid((at - before[1]) / (before[1] - before[0]));
      points.push({ score, worth: worth * cost, window: -1 });
    }
    windowCount += file.windows.length;
  }
  points.sort((a, b) => b.score - a.score);
  const found = new Float64Array(windowCount).fill(-1);
  let total = -windowCount;
  let best = total;
  for (const [i, { score, worth, window }] of points.entries()) {
    if (window < 0) total += worth;
    else if (worth > found[window]!) {
      total += worth - found[window]!;
      found[window] = worth;
    }
    if (points[i + 1]?.score !== score) best = Math.max(best, total);
  }
  return (100 * (best + windowCount)) / (2 * windowCount);
}

function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}
