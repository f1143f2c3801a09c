import { RiskError } from '../risk-error.ts';
import type { EngineName, RiskEngine } from './engine.ts';
import { histogramForest } from './histogram-forest.ts';
import { mlRandomForest } from './ml-random-forest.ts';

/** All ways to grow a forest; docs/decisions says why the first is the default. */
const riskEngines = {
  'histogram-forest': histogramForest,
  'ml-random-forest': mlRandomForest,
} satisfies Record<EngineName, RiskEngine>;

/** The engine of that name. @throws RiskError `bad-setting` that lists the known names. */
export function riskEngine(name: string): RiskEngine {
  const engine = (riskEngines as Record<string, RiskEngine | undefined>)[name];
  if (engine === undefined) {
    throw new RiskError(
      'bad-setting',
      `Unknown engine "${name}"; known engines: ${Object.keys(riskEngines).join(', ')}.`,
    );
  }
  return engine;
}
