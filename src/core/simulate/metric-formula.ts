import type { ServiceState } from './service-state.ts';

/** How one metric is read off a service. */
export interface MetricFormula {
  /** Column name; its suffix gives the unit. */
  readonly name: string;
  /** Digits after the point when written. */
  readonly decimals: number;
  /** @param noise this metric's own noise: mean 0, standard deviation about 1 */
  value(state: ServiceState, noise: number): number;
}

/** Makes one formula. */
export function formula(name: string, decimals: number, value: MetricFormula['value']): MetricFormula {
  return { name, decimals, value };
}

/** Multiplies by noise that never changes the sign; `spread` 0.1 = about ten percent. */
export function around(value: number, noise: number, spread: number): number {
  return value * Math.exp(spread * noise);
}

/** Keeps a ratio or percentage inside its range. */
export function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
