import { normalTail } from './normal-tail.ts';

/** The rank-sum test of two samples. */
export interface RankSumTest {
  /** Mann-Whitney's U of x: pairs in which x is larger, ties counted half. */
  readonly u: number;
  /** Standardised with the correction for ties and continuity; above 0 when x is larger; 0 when all values are equal. */
  readonly z: number;
  /** Two-sided, normal approximation. */
  readonly p: number;
  /** Probability that a value of x is above one of y, ties counted half, 0..1. */
  readonly superiority: number;
}

/**
 * Mann-Whitney's test with ties, x against y.
 *
 * Works badly below about five values a side (approximation) and on dependent values (p too small).
 * O((n + m) log(n + m)). @param x length n ≥ 1, finite @param y length m ≥ 1, finite
 * Reference: Hollander and Wolfe 1999, section 4.1; as scipy.stats.mannwhitneyu(method='asymptotic').
 */
export function rankSumTest(x: readonly number[], y: readonly number[]): RankSumTest {
  const [n, m] = [x.length, y.length];
  const { rankSum, tieTerm } = midRanks(x, y);
  const u = rankSum - (n * (n + 1)) / 2;
  const away = u - (n * m) / 2;
  const spread = Math.sqrt(((n * m) / 12) * (n + m + 1 - tieTerm / ((n + m) * (n + m - 1))));
  const superiority = u / (n * m);
  if (!(spread > 0)) return { u, z: 0, p: 1, superiority };
  const z = (Math.sign(away) * Math.max(0, Math.abs(away) - 0.5)) / spread;
  return { u, z, p: Math.min(1, 2 * normalTail(Math.abs(z))), superiority };
}

/** Sum of the mid-ranks of x among both, Σ(t³ − t) over groups of t equal values. */
function midRanks(x: readonly number[], y: readonly number[]): { readonly rankSum: number; readonly tieTerm: number } {
  const n = x.length;
  const all = Float64Array.from([...x, ...y]);
  const order = Uint32Array.from(all.keys()).sort((i, j) => all[i]! - all[j]!);
  let [rankSum, tieTerm, start] = [0, 0, 0];
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && all[order[end]!] === all[order[start]!]) end += 1;
    const ties = end - start;
    for (let i = start; i < end; i += 1) if (order[i]! < n) rankSum += (start + 1 + end) / 2;
    tieTerm += ties ** 3 - ties;
    start = end;
  }
  return { rankSum, tieTerm };
}
