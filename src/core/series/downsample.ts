import type { WorseDirection } from '../model/metric.ts';

/**
 * For each of `buckets` equal spans of `fromMs` ≤ time < `toMs` the index of its worst sample, -1 for a span without one.
 *
 * Worst is the largest (`up`), the smallest (`down`), or the one farthest from the mean of all (`both`): a peak of one sample
 * survives any width. `atMs` is strictly increasing, `values` as long and finite. Indices, so that flags can be looked up too.
 */
export function worstPerBucket(
  atMs: Float64Array,
  values: Float64Array,
  fromMs: number,
  toMs: number,
  buckets: number,
  worse: WorseDirection,
): Int32Array {
  const chosen = new Int32Array(buckets).fill(-1);
  const mean = worse === 'both' ? meanOf(values) : 0;
  const badness = (index: number): number => {
    const value = values[index]!;
    if (worse === 'both') return Math.abs(value - mean);
    return worse === 'up' ? value : -value;
  };
  for (let index = 0; index < atMs.length; index++) {
    const at = atMs[index]!;
    if (at < fromMs || at >= toMs) continue;
    const bucket = Math.min(buckets - 1, Math.floor(((at - fromMs) / (toMs - fromMs)) * buckets));
    const before = chosen[bucket]!;
    if (before < 0 || badness(index) > badness(before)) chosen[bucket] = index;
  }
  return chosen;
}

/**
 * Indices of at most `points` samples that keep the shape of a line: the smallest and the largest of each stretch, the first and
 * the last of all; in order of time. All indices when there are no more than `points`. O(n).
 */
export function minMaxIndices(values: Float64Array, points: number): Int32Array {
  const { length } = values;
  if (length <= points) return Int32Array.from({ length }, (_, index) => index);
  const stretches = Math.max(0, Math.floor((points - 2) / 2));
  const indices = new Set<number>([0]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * length) / stretches);
    const to = Math.floor(((stretch + 1) * length) / stretches);
    let [least, most] = [from, from];
    for (let index = from + 1; index < to; index++) {
      if (values[index]! < values[least]!) least = index;
      if (values[index]! > values[most]!) most = index;
    }
    indices.add(Math.min(least, most)).add(Math.max(least, most));
  }
  indices.add(length - 1);
  return Int32Array.from(indices);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
