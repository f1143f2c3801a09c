import { medianSorted } from 'simple-statistics';
import { normalQuantile } from './normal-quantile.ts';

/** A line through points that a few wild ones do not turn. */
export interface TheilSenLine {
  /** Units of y per unit of x. */
  readonly slope: number;
  /** y at x = 0: median(y) − slope · median(x). */
  readonly intercept: number;
  /** Confidence interval of the slope. */
  readonly low: number;
  readonly high: number;
}

/**
 * Theil and Sen's line: the median of the slopes of all pairs of points. Null with fewer than two different x.
 *
 * Breaks down only when more than 29 % of the points are wild. The interval takes the points as independent: it is too
 * narrow where they are not. O(n² log n) time, O(n²) memory: thin a long series first.
 * @param x and y same length, finite @param confidence of the interval, 0..1
 * Reference: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, 1968; as scipy.stats.theilslopes.
 */
export function theilSen(x: readonly number[], y: readonly number[], confidence = 0.95): TheilSenLine | null {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    for (let j = i + 1; j < x.length; j += 1) {
      const run = x[j]! - x[i]!;
      if (run !== 0) slopes.push((y[j]! - y[i]!) / run);
    }
  }
  if (slopes.length === 0) return null;
  const sorted = [...Float64Array.from(slopes).sort()];
  const slope = medianSorted(sorted);
  const intercept = middle(y) - slope * middle(x);
  const half = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(kendallVariance(x, y));
  const count = sorted.length;
  const upper = Math.min(Math.round((count + half) / 2), count - 1);
  const lower = Math.max(Math.round((count - half) / 2) - 1, 0);
  return { slope, intercept, low: sorted[lower]!, high: sorted[upper]! };
}

/** Variance of Kendall's S with ties in x and y. */
function kendallVariance(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  const term = (k: number): number => k * (k - 1) * (2 * k + 5);
  const ties = (values: readonly number[]): number => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + term(count), 0);
  };
  return (term(n) - ties(x) - ties(y)) / 18;
}

function middle(values: readonly number[]): number {
  return medianSorted([...Float64Array.from(values).sort()]);
}
