import { median } from 'simple-statistics';
import type { Buckets } from './buckets.ts';

/** What a series does every day at a time of day, about its trend. */
export interface Season {
  /** How far the series usually lies from its trend at a moment, in its unit. */
  at(atMs: number): number;
}

const DAY_MS = 86_400_000;
const PARTS = 24;
/** A shorter series shows no habit. */
export const SEASON_MS = 2 * DAY_MS;

/**
 * The medians of each hour of the day about the medians of the days; zero everywhere with less than two days of
 * samples. O(n log n).
 */
export function seasonOf({ atMs, values }: Buckets): Season {
  const first = atMs[0] ?? 0;
  if ((atMs.at(-1) ?? 0) - first < SEASON_MS) return { at: () => 0 };
  const days = grouped(atMs, values, (at) => Math.floor((at - first) / DAY_MS));
  const rest = values.map((value, i) => value - days.get(Math.floor((atMs[i]! - first) / DAY_MS))!);
  const hours = grouped(atMs, rest, partOfDay);
  const centre = median([...hours.values()]);
  return { at: (moment) => (hours.get(partOfDay(moment)) ?? centre) - centre };
}

function partOfDay(atMs: number): number {
  return Math.floor(((((atMs % DAY_MS) + DAY_MS) % DAY_MS) / DAY_MS) * PARTS);
}

function grouped(
  atMs: readonly number[],
  values: readonly number[],
  keyOf: (atMs: number) => number,
): ReadonlyMap<number, number> {
  const groups = new Map<number, number[]>();
  for (const [i, at] of atMs.entries()) {
    const key = keyOf(at);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [values[i]!]);
    else group.push(values[i]!);
  }
  return new Map([...groups].map(([key, group]) => [key, median(group)]));
}
