import { around, formula, within, type MetricFormula } from './metric-formula.ts';
import type { ServiceState } from './service-state.ts';

/** What the service's users do: the reason it runs. */
export const BUSINESS_METRICS: readonly MetricFormula[] = [
  formula('orders_per_minute', 2, (s, n) => counted(orders(s), n)),
  formula('revenue_per_minute', 2, (s, n) => counted(orders(s), n) * s.orderValue),
  formula('conversion_percent', 3, (s, n) => around(s.conversionPercent, n, 0.02)),
  formula('average_order_value', 2, (s, n) => around(s.orderValue, n, 0.03)),
  formula('cart_additions_per_minute', 1, (s, n) => around(s.requestsPerMinute * 0.081, n, 0.03)),
  formula('checkout_abandonment_percent', 2, (s, n) =>
    within(100 - 28 * (s.conversionPercent / 2.6) + 0.9 * n, 0, 100),
  ),
  formula('payments_declined_percent', 3, (s, n) => within(around(1.2 + 0.4 * s.errorPercent, n, 0.07), 0, 100)),
  formula('refunds_per_minute', 3, (s, n) => around(0.02 * orders(s) + 0.05, n, 0.07)),
  formula('signups_per_minute', 2, (s, n) => counted(s.requestsPerMinute * 0.012, n)),
  formula('active_users', 0, (s, n) => around(s.requestsPerMinute * 0.92, n, 0.015)),
];

function orders(s: ServiceState): number {
  return (s.requestsPerMinute * s.conversionPercent) / 100;
}

/** Counts scatter with the root of their mean (Poisson); a minute's average over the fleet's boxes smooths that to 40 %. */
function counted(mean: number, noise: number): number {
  return Math.max(0, mean + 0.4 * Math.sqrt(mean) * noise);
}
