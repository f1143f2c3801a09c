import type { MetricFormula } from './metric-formula.ts';
import { BUSINESS_METRICS } from './metrics-business.ts';
import { REQUEST_METRICS } from './metrics-requests.ts';
import { RUNTIME_METRICS } from './metrics-runtime.ts';
import { SEED_METRICS } from './metrics-seed.ts';
import { STORE_METRICS } from './metrics-stores.ts';

/** Every metric the simulation knows, the seed's four columns first. */
export const METRIC_CATALOG: readonly MetricFormula[] = [
  ...SEED_METRICS,
  ...REQUEST_METRICS,
  ...RUNTIME_METRICS,
  ...STORE_METRICS,
  ...BUSINESS_METRICS,
];

/** The seed's four columns. */
export const SEED_METRIC_NAMES: readonly string[] = SEED_METRICS.map((metric) => metric.name);

/**
 * Formulas by name, in the order asked for.
 *
 * @throws RangeError that names the unknown metric
 */
export function metricFormulas(names: readonly string[]): readonly MetricFormula[] {
  return names.map((name) => {
    const found = METRIC_CATALOG.find((metric) => metric.name === name);
    if (found === undefined) throw new RangeError(`The simulation knows no metric named ${name}.`);
    return found;
  });
}
