import type { FeatureReference } from './model-file.ts';

const BINS = 10;

/** How a feature is distributed: shares between deciles, ties merged, and the missing share. */
export function describeColumn(column: Float64Array): FeatureReference {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / BINS)];
    if (cut !== undefined && cut !== cuts[cuts.length - 1] && cut > sorted[0]!) cuts.push(cut);
  }
  return { cuts, shares: sharesOf(column, cuts), missing: 1 - sorted.length / Math.max(column.length, 1) };
}

/** One feature whose values today are not those of the training. */
export interface Drift {
  readonly feature: string;
  /** Population stability index: below 0.1 the same, above 0.25 another population. */
  readonly stability: number;
}

/**
 * Features that drifted, worst first: population stability index Σ (now − then) · ln(now / then) above `limit`.
 *
 * Works badly on few rows: below 100 the shares themselves are noise, and nothing is reported.
 * Reference: Siddiqi (2006), "Credit Risk Scorecards", chapter 8 (0.1 and 0.25 as limits).
 */
export function findDrift(
  names: readonly string[],
  reference: readonly FeatureReference[],
  columns: readonly Float64Array[],
  limit = 0.25,
): readonly Drift[] {
  if ((columns[0]?.length ?? 0) < 100) return [];
  return names
    .map((feature, f) => ({ feature, stability: stabilityIndex(reference[f]!, columns[f]!) }))
    .filter((drift) => drift.stability > limit)
    .sort((a, b) => b.stability - a.stability);
}

function stabilityIndex(then: FeatureReference, column: Float64Array): number {
  const now = sharesOf(column, then.cuts);
  const missing = column.filter((value) => Number.isNaN(value)).length / column.length;
  let index = part(missing, then.missing);
  for (let bin = 0; bin < now.length; bin++) index += part(now[bin]!, then.shares[bin]!);
  return index;
}

function part(now: number, then: number): number {
  const a = Math.max(now, 1e-4);
  const b = Math.max(then, 1e-4);
  return (a - b) * Math.log(a / b);
}

function sharesOf(column: Float64Array, cuts: readonly number[]): readonly number[] {
  const counts = Array.from({ length: cuts.length + 1 }, () => 0);
  for (const value of column) {
    if (value !== value) continue;
    let bin = 0;
    while (bin < cuts.length && value >= cuts[bin]!) bin++;
    counts[bin]! += 1;
  }
  return counts.map((count) => Math.round((count / Math.max(column.length, 1)) * 1e6) / 1e6);
}
