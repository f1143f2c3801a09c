import type { Forest } from '../forest/forest.ts';

/** What a random forest learns from, in columns. */
export interface TrainingColumns {
  /** One array per feature; NaN = missing. */
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
  /** How often a row counts relative to others; null = all alike. */
  readonly weights: Float64Array | null;
}

/** What every engine can be told; each caps what it cannot afford and says so in its documentation. */
export interface EngineSettings {
  readonly trees: number;
  readonly minLeaf: number;
  /** Weight of a positive row in the split criterion; `balanced` makes both classes weigh the same. */
  readonly positiveWeight: number | 'balanced';
  readonly seed: number;
}

/** A way to grow a random forest. Whatever grew it, it is evaluated, stored and explained in one form. */
export interface RiskEngine {
  readonly name: EngineName;
  readonly text: string;
  /** Same data and seed, same forest. Both classes are present. */
  fit(data: TrainingColumns, settings: EngineSettings): Forest;
}

/** Names alone: to check one should not load what it names. */
export const ENGINE_NAMES = ['histogram-forest', 'ml-random-forest'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];
