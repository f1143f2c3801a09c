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
 * NaN for none. Peels off the farther end until half is left: O(count), no second sort.
 */
export function sortedMad(sorted: Float64Array, count: number, centre: number): number {
  if (count === 0) return Number.NaN;
  let low = 0;
  let high = count - 1;
  for (let left = count - (count >> 1) - 1; left > 0; left -= 1) {
    if (centre - sorted[low]! > sorted[high]! - centre) low += 1;
    else high -= 1;
  }
  return MAD_TO_SIGMA * Math.max(centre - sorted[low]!, sorted[high]! - centre);
}
