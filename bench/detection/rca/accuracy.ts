/** How often the root is among the first, over cases. */
export interface RcaAccuracy {
  readonly cases: number;
  readonly ac1: number;
  readonly ac3: number;
  /** Mean of AC@1 to AC@5. */
  readonly avg5: number;
  /** 95 % Wilson interval of AC@1. */
  readonly ac1Interval: readonly [number, number];
}

/** Accuracy from the rank of the root in every case, from 1; Infinity where it was not ranked. Null without cases. */
export function accuracyOf(ranks: readonly number[]): RcaAccuracy | null {
  if (ranks.length === 0) return null;
  const at = (k: number): number => ranks.filter((rank) => rank <= k).length / ranks.length;
  return {
    cases: ranks.length,
    ac1: at(1),
    ac3: at(3),
    avg5: [1, 2, 3, 4, 5].reduce((sum, k) => sum + at(k), 0) / 5,
    ac1Interval: wilson(at(1), ranks.length),
  };
}

function wilson(share: number, n: number): readonly [number, number] {
  const z = 1.959964;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [centre - half, centre + half];
}
