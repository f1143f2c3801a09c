import type { Detector } from '../../src/core/detectors/detector.ts';
import { detectorKind } from '../../src/core/detectors/registry.ts';

/** A way of scoring a series: a detector, a limit on its score and how many samples in a row must pass it. */
export interface Contender {
  readonly name: string;
  readonly limit: number;
  readonly inARow: number;
  create(): Detector;
}

function registered(
  name: string,
  detector: string,
  parameters: Record<string, number>,
  limit = 1,
  inARow = 1,
): Contender {
  const series = { metric: 'value', worse: 'both', limit: null, seed: 1 } as const;
  return { name, limit, inARow, create: () => detectorKind(detector).create(series, parameters) };
}

/** The detector deployments are judged by. */
export const ENSEMBLE = registered('ensemble', 'ensemble', {});

/** The detector for a series that nobody deploys to. */
export const NOVELTY = registered('novelty', 'novelty', {});

/** The forecaster that is off by default, learning as it goes. */
export const LSTM = registered('lstm', 'lstm', {});

/** What a gate is compared with at equal false rollbacks. */
export const SEASONAL_THREE = registered('seasonal z, 3 in a row', 'seasonal', { limit: 5 }, 1, 3);

/** The usual tools, with the project's own detectors and textbook limits. Floors off: they belong to the product. */
export const BASELINES: readonly Contender[] = [
  registered('global z > 3', 'zscore', { limit: 3, window: 100_000, floorPercent: 0, limitFloorPercent: 0 }),
  registered('rolling z w60 > 3', 'zscore', { limit: 3, window: 60, floorPercent: 0, limitFloorPercent: 0 }),
  registered('Hampel w60 > 3', 'hampel', { floorPercent: 0 }),
  registered('Hampel w60 > 3, 3 in a row', 'hampel', { floorPercent: 0 }, 1, 3),
  registered('EWMA chart L = 3', 'ewma', { floorPercent: 0 }),
  registered('Isolation Forest, 3 in a row', 'isolation-forest', {}, 1, 3),
  registered('seasonal z > 5', 'seasonal', { limit: 5 }),
  SEASONAL_THREE,
  registered('novelty', 'novelty', {}),
  registered('seasonal change', 'seasonal-change', {}),
];
