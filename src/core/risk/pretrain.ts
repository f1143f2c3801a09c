import type { Dataset } from './dataset.ts';
import { evenWeights, joinRows, selectRows } from './dataset.ts';
import type { Fitted } from './fit.ts';
import { fitCalibrated } from './fit.ts';
import { transferSettings } from './recipe.ts';

/**
 * Rows of several projects in one order of time, with weights that let every project count the same.
 */
export function mixProjects(parts: readonly Dataset[]): { readonly data: Dataset; readonly weights: Float64Array } {
  const joined = joinRows(parts);
  const weights = evenWeights(parts);
  const order = Uint32Array.from(joined.atMs.keys()).sort((a, b) => joined.atMs[a]! - joined.atMs[b]! || a - b);
  return { data: selectRows(joined, order), weights: Float64Array.from(order, (i) => weights[i]!) };
}

/** Learns from several projects what may hold in one it has never seen. */
export function pretrain(parts: readonly Dataset[], seed: number): Fitted {
  const { data, weights } = mixProjects(parts);
  return fitCalibrated(data, weights, transferSettings(seed));
}
