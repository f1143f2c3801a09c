import { around, formula, within, type MetricFormula } from './metric-formula.ts';

/** What the service stands on: database, cache, queue. */
export const STORE_METRICS: readonly MetricFormula[] = [
  formula('db_pool_used_percent', 1, (s, n) => within(24 + 14 * s.loadRatio + 58 * s.databaseRatio + 1.4 * n, 0, 100)),
  formula('db_pool_wait_ms', 2, (s, n) => around(0.8 + 340 * s.databaseRatio * s.databaseRatio, n, 0.07)),
  formula('db_query_p50_ms', 2, (s, n) => around(3.1 * (1 + 3 * s.databaseRatio), n, 0.06)),
  formula('db_query_p95_ms', 2, (s, n) => around(14 * (1 + 12 * s.databaseRatio), n, 0.07)),
  formula('db_queries_per_minute', 0, (s, n) =>
    around(s.requestsPerMinute * 3.4 * (1 + 1.8 * s.databaseRatio), n, 0.02),
  ),
  formula('db_errors_per_minute', 2, (s, n) => around(0.9 + s.errorPercent * 0.06 + 3 * s.databaseRatio, n, 0.05)),
  formula('db_deadlocks_per_minute', 2, (s, n) => around(0.4 + 4 * s.databaseRatio, n, 0.07)),
  formula('db_replication_lag_ms', 1, (s, n) => around(38 * (1 + s.databaseRatio), n, 0.07)),
  formula('cache_hit_ratio', 4, (s, n) =>
    within(0.942 - 0.32 * s.coldRatio - 0.02 * s.databaseRatio + 0.004 * n, 0, 1),
  ),
  formula('cache_latency_ms', 3, (s, n) => around(0.62 + 0.1 * s.loadRatio, n, 0.07)),
  formula('cache_evictions_per_minute', 1, (s, n) => around(18 * s.loadRatio, n, 0.07)),
  formula('queue_depth', 0, (s, n) => around(22 * s.loadRatio + 30 * Math.max(0, s.responseTimeMs / 300 - 1), n, 0.07)),
  formula('queue_wait_ms', 1, (s, n) => around(35 * s.loadRatio + s.responseTimeMs * 0.1, n, 0.07)),
  formula('queue_published_per_minute', 0, (s, n) => around(s.requestsPerMinute * 0.22, n, 0.03)),
  formula('dead_letters_per_minute', 2, (s, n) => around(0.9 + s.errorPercent * 0.05, n, 0.07)),
  formula('search_index_lag_ms', 0, (s, n) => around(420 * (0.8 + 0.2 * s.loadRatio), n, 0.07)),
];
