import { medianSorted } from 'simple-statistics';

/**
 * Shift of x against y: the median of all differences x − y, in the unit of the values.
 * O(nm log nm) time and O(nm) memory: for samples of up to some hundreds. Both at least one value, finite.
 * Reference: Hodges and Lehmann, Estimates of location based on rank tests, 1963.
 */
export function hodgesLehmann(x: readonly number[], y: readonly number[]): number {
  const differences = new Float64Array(x.length * y.length);
  for (const [i, a] of x.entries()) for (const [j, b] of y.entries()) differences[i * y.length + j] = a - b;
  return medianSorted([...differences.sort()]);
}
