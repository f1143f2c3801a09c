/** Number of values, mean and sample standard deviation (n − 1). NaN for what is not defined. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Moments of every `stride`-th value from `offset` on: one column of a row-major table. Two passes, exact to rounding;
 * NaN and infinite values are left out. A column of equal values has a deviation of exactly 0. O(n), no allocation.
 */
export function columnMoments(values: Float64Array, offset = 0, stride = 1): Moments {
  let count = 0;
  let sum = 0;
  let first = Number.NaN;
  for (let i = offset; i < values.length; i += stride) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (count === 0) first = value;
    count += 1;
    // Summing distances from the first value keeps digits on a large offset, and makes a constant column exact.
    sum += value - first;
  }
  if (count === 0) return { count, mean: Number.NaN, deviation: Number.NaN };
  const mean = first + sum / count;
  let squares = 0;
  for (let i = offset; i < values.length; i += stride) {
    const value = values[i]!;
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { count, mean, deviation: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)) };
}
