import { medianSorted } from 'simple-statistics';

/** A series thinned to few points: centre and median of each span that has samples. */
export interface Buckets {
  readonly atMs: readonly number[];
  readonly values: readonly number[];
}

/** Medians of `count` equal spans between the first and the last sample; spans without samples are left out. O(n). */
export function bucketsOf(atMs: Float64Array, values: Float64Array, count: number): Buckets {
  const first = atMs[0];
  const last = atMs.at(-1);
  if (first === undefined || last === undefined || last <= first) return { atMs: [...atMs], values: [...values] };
  const width = (last - first) / count;
  const times: number[] = [];
  const medians: number[] = [];
  let from = 0;
  while (from < atMs.length) {
    const bucket = Math.min(count - 1, Math.floor((atMs[from]! - first) / width));
    let to = from + 1;
    while (to < atMs.length && Math.min(count - 1, Math.floor((atMs[to]! - first) / width)) === bucket) to += 1;
    times.push((atMs[from]! + atMs[to - 1]!) / 2);
    medians.push(medianSorted([...values.slice(from, to).sort()]));
    from = to;
  }
  return { atMs: times, values: medians };
}
