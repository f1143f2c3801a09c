import { around, formula, within, type MetricFormula } from './metric-formula.ts';
import type { ServiceState } from './service-state.ts';

/** What the service's callers see: latencies, answers by class, waiting. */
export const REQUEST_METRICS: readonly MetricFormula[] = [
  formula('requests_per_minute', 0, (s, n) => around(s.requestsPerMinute, n, 0.01)),
  formula('requests_in_flight', 0, (s, n) => around(inFlight(s), n, 0.03)),
  formula('latency_p50_ms', 1, (s, n) => around(s.responseTimeMs * 0.78, n, 0.03)),
  formula('latency_p90_ms', 1, (s, n) => around(s.responseTimeMs * 1.7, n, 0.04)),
  formula('latency_p95_ms', 1, (s, n) => around(s.responseTimeMs * 2.2, n, 0.05)),
  formula('latency_p99_ms', 1, (s, n) => around(s.responseTimeMs * 3.9, n, 0.07)),
  formula('http_2xx_per_minute', 0, (s, n) => around((s.requestsPerMinute * (96.5 - s.errorPercent)) / 100, n, 0.01)),
  formula('http_4xx_per_minute', 0, (s, n) => around(s.requestsPerMinute * 0.035, n, 0.06)),
  formula('http_5xx_per_minute', 1, (s, n) => around((s.requestsPerMinute * (0.25 + s.errorPercent)) / 100, n, 0.03)),
  formula('timeouts_per_minute', 2, (s, n) => around(s.requestsPerMinute * lateRatio(s), n, 0.07)),
  formula('retries_per_minute', 1, (s, n) =>
    around(s.requestsPerMinute * (0.004 + s.errorPercent / 180 + lateRatio(s)), n, 0.07),
  ),
  formula('rate_limited_per_minute', 2, (s, n) => around(s.requestsPerMinute * 0.0031, n, 0.05)),
  formula('auth_failures_per_minute', 1, (s, n) => around(s.requestsPerMinute * 0.0023, n, 0.07)),
  formula('apdex_ratio', 3, (s, n) => within(0.985 - lateRatio(s) * 2 - s.errorPercent / 140 + 0.003 * n, 0, 1)),
  formula('upstream_latency_ms', 1, (s, n) => around(42 + s.responseTimeMs * 0.06, n, 0.06)),
  formula('tls_handshake_ms', 2, (s, n) => around(5.8 + 0.03 * s.cpuPercent, n, 0.07)),
];

/** Little's law: arrivals per second times seconds in the service. */
function inFlight(s: ServiceState): number {
  return ((s.requestsPerMinute / 60) * s.responseTimeMs) / 1000;
}

/** Share of requests that take longer than their callers wait; grows once the mean passes some 300 ms. */
function lateRatio(s: ServiceState): number {
  return 0.0006 + 0.12 * within((s.responseTimeMs - 300) / 1200, 0, 1);
}
