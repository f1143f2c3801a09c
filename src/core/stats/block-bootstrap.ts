/** Random numbers in 0 ≤ x < 1. */
export type Random = () => number;

/**
 * Confidence interval of the difference of two means, x − y, from resampled runs of neighbouring values, so that what
 * depends on what came just before stays together. Basic percentile interval.
 *
 * @param blockLength values per run, 1 or more; about the number of samples that depend on each other
 * @param random seeded by the caller: the same numbers give the same interval
 * Works badly with fewer than about five runs per series. O(rounds · (n + m)).
 * Reference: H. R. Künsch, The jackknife and the bootstrap for general stationary observations, 1989.
 */
export function meanDifferenceInterval(
  x: readonly number[],
  y: readonly number[],
  options: {
    readonly blockLength: number;
    readonly confidence: number;
    readonly rounds: number;
    readonly random: Random;
  },
): { readonly low: number; readonly high: number } {
  const { blockLength, confidence, rounds, random } = options;
  const differences = new Float64Array(rounds);
  for (let round = 0; round < rounds; round += 1) {
    differences[round] = resampledMean(x, blockLength, random) - resampledMean(y, blockLength, random);
  }
  differences.sort();
  const outside = (1 - confidence) / 2;
  const at = (share: number): number => differences[Math.min(rounds - 1, Math.max(0, Math.floor(share * rounds)))]!;
  return { low: at(outside), high: at(1 - outside) };
}

/** Mean of as many values as there are, drawn in runs that wrap around the end. */
function resampledMean(values: readonly number[], blockLength: number, random: Random): number {
  const n = values.length;
  const length = Math.max(1, Math.min(Math.round(blockLength), n));
  let sum = 0;
  for (let taken = 0; taken < n;) {
    const start = Math.floor(random() * n);
    for (let i = 0; i < length && taken < n; i += 1, taken += 1) sum += values[(start + i) % n]!;
  }
  return sum / n;
}
