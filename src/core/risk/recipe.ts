import type { Dataset } from './dataset.ts';
import { countPositives } from './dataset.ts';
import type { EngineName } from './engines/engine.ts';
import type { FitSettings } from './fit.ts';

/** Below this base rate classes are balanced in the split criterion. */
const RARE = 0.05;

/**
 * The settings used when nobody says otherwise, from the data's own size and base rate.
 *
 * Leaves are large enough to expect two positives (20 to 100 rows): smaller ones only remember. What they were chosen
 * on, and what else was tried, is in docs/decisions.
 */
export function standardSettings(data: Dataset, engine: EngineName, seed: number): FitSettings {
  const baseRate = countPositives(data) / Math.max(data.rowCount, 1);
  const wanted = Math.round(2 / Math.max(baseRate, 1e-3));
  return {
    engine,
    trees: 200,
    // Of few rows a leaf of 20 would leave nothing to split.
    minLeaf: Math.min(Math.max(wanted, 20), 100, Math.max(3, Math.floor(data.rowCount / 40))),
    positiveWeight: baseRate < RARE ? 'balanced' : 1,
    logisticShare: 'earned',
    ridge: 10,
    seed,
    prior: null,
  };
}

/** Settings of a model to be used on repositories it has never seen: trees do not carry over, rates relative do. */
export function transferSettings(seed: number): FitSettings {
  return {
    engine: 'histogram-forest',
    trees: 0,
    minLeaf: 100,
    positiveWeight: 'balanced',
    logisticShare: 1,
    ridge: 300,
    seed,
    prior: null,
  };
}
