import type { MetricSpec } from '../model/metric.ts';

const ENOUGH_VALUES = 10;

/**
 * A sentence for the operator when an error rate in percent has only values of at most 1, as a ratio would; null otherwise.
 * Needs 10 values with one above 0. A service with less than 1 % errors looks the same, hence a hint and no correction.
 */
export function ratioHint(spec: MetricSpec, values: Float64Array): string | null {
  if (spec.unit !== 'percent' || !/error|fail/i.test(spec.name) || values.length < ENOUGH_VALUES) return null;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value);
  if (largest <= 0 || largest > 1) return null;
  return `${spec.name} is read as percent, but no value is above 1: if it is a ratio, name it ${spec.name}_ratio`;
}
