/** A median absolute deviation times this estimates the standard deviation of normal values. */
export const MAD_TO_SIGMA = 1.4826;

/** Gaps of Ciura's sequence that matter for up to a few hundred numbers. */
const GAPS = [57, 23, 10, 4, 1] as const;

/** Sorts the first `count` numbers in place by Shell's method: quickest for the tens of values used here, no allocation. */
export function sortSpan(values: Float64Array, count: number): void {
  for (const gap of GAPS) {
    for (let i = gap; i < count; i += 1) {
      const value = values[i]!;
      let j = i - gap;
      while (j >= 0 && values[j]! > value) {
        values[j + gap] = values[j]!;
        j -= gap;
      }
      values[j + gap] = value;
    }
  }
}

/** Rank of the first of `count` sorted numbers that is not below `value`. O(log count). */
function rankOf(sorted: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a number among the first `count` sorted ones, which become one more; there must be room. O(count). */
export function insert(sorted: Float64Array, count: number, value: number): void {
  let at = count;
  for (; at > 0 && sorted[at - 1]! > value; at -= 1) sorted[at] = sorted[at - 1]!;
  sorted[at] = value;
}

/** Takes `old` out of the first `count` sorted numbers, which become one less. O(count). */
export function remove(sorted: Float64Array, count: number, old: number): void {
  for (let at = rankOf(sorted, count, old); at < count - 1; at += 1) sorted[at] = sorted[at + 1]!;
}

/** Puts `value` in the place of `old` among the first `count` sorted numbers: shifts only what lies between the two. */
export function exchange(sorted: Float64Array, count: number, old: number, value: number): void {
  let at = rankOf(sorted, count, old);
  for (; at > 0 && sorted[at - 1]! > value; at -= 1) sorted[at] = sorted[at - 1]!;
  for (; at < count - 1 && sorted[at + 1]! < value; at += 1) sorted[at] = sorted[at + 1]!;
  sorted[at] = value;
}

/** Median of the first `count` sorted numbers; NaN for none. O(1). */
export function sortedMedian(sorted: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const half = count >> 1;
  return count % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value at rank ⌊p · count⌋ of the first `count` sorted numbers, p in 0..1; NaN for none. O(1). */
export function sortedQuantile(sorted: Float64Array, count: number, p: number): number {
  return count === 0 ? Number.NaN : sorted[Math.min(count - 1, Math.floor(p * count))]!;
}

/**
 * Median distance of the first `count` sorted numbers from `centre`, times 1.4826; the upper one for an even count,
 * NaN for none. Looks for where the nearer half of them begins: O(log count), no second sort.
 */
export function sortedMad(sorted: Float64Array, count: number, centre: number): number {
  if (count === 0) return Number.NaN;
  const half = count >> 1;
  let [low, high] = [0, count - 1 - half];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (centre - sorted[middle]! > sorted[middle + half + 1]! - centre) low = middle + 1;
    else high = middle;
  }
  return MAD_TO_SIGMA * Math.max(centre - sorted[low]!, sorted[low + half]! - centre);
}
