/** The shipped fleet: who is in it and what happens to each. */
import { CSV_FORMAT, JSONL_FORMAT, LOGFMT_FORMAT } from '../../src/app/simulate/row-format.ts';
import { METRIC_CATALOG, SEED_METRIC_NAMES } from '../../src/core/simulate/metric-catalog.ts';
import { QUIET_SERVICE } from '../../src/core/simulate/profile.ts';
import { trouble, type PipelineSample } from './pipeline-sample.ts';

const SEED = SEED_METRIC_NAMES;
const WEB = [...SEED, 'latency_p95_ms', 'latency_p99_ms', 'requests_per_minute', 'cache_hit_ratio'];
const SHOP = [...WEB, 'orders_per_minute', 'revenue_per_minute', 'conversion_percent'];
const JOBS = [...SEED, 'queue_depth', 'queue_wait_ms', 'gc_pause_ms'];
const EVERYTHING = METRIC_CATALOG.map((metric) => metric.name);

const USUAL = {
  format: CSV_FORMAT,
  profile: QUIET_SERVICE,
  metrics: SEED,
  startMinute: 50,
  endMinute: 200,
  intervalSeconds: 10,
  faults: [],
  deployment: null,
} as const satisfies Omit<PipelineSample, 'pipeline'>;

/** 2026-03-02 is a Monday: the day the feature columns leave out, so that all six are 0. */
function features(hour: number, tasks: number, failed: number, stages: number, branch: 0 | 1): Record<string, number> {
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [`deploy_day_${day}`, 0]));
  return {
    num_tasks: tasks,
    num_failed_tasks: failed,
    num_stages: stages,
    deploy_hour: hour,
    is_feature_branch: branch,
    ...days,
  };
}

/** All sample pipelines: the two of the seed first. Failures are at least five minutes apart, so that none looks shared. */
export const SAMPLE_FLEET: readonly PipelineSample[] = [
  {
    ...USUAL,
    pipeline: 'pipe-xyz123',
    deployment: {
      version: 'v2.4.1',
      previous: 'v2.4.0',
      atMinute: 120,
      commit: '3f9ac1d',
      environment: 'production',
      features: features(13, 12, 0, 4, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'pipe-risky456',
    profile: { ...QUIET_SERVICE, cpuPercent: 44, memoryPercent: 58, responseTimeMs: 190 },
    faults: [
      trouble('error-spike', 182, 3),
      trouble('latency-regression', 181.5, 4, 0.8),
      trouble('memory-leak', 181, 16),
    ],
    deployment: {
      version: 'v5.0.0',
      previous: 'v4.9.3',
      atMinute: 180,
      commit: 'b71e04c',
      environment: 'production',
      features: features(14, 31, 4, 6, 1),
    },
  },
  {
    ...USUAL,
    pipeline: 'checkout',
    metrics: EVERYTHING,
    intervalSeconds: 15,
    profile: { ...QUIET_SERVICE, requestsPerMinute: 3200, responseTimeMs: 140, conversionPercent: 3.4 },
    faults: [trouble('latency-regression', 141.5, 5)],
    deployment: {
      version: 'v412',
      previous: 'v411',
      atMinute: 140,
      commit: 'e20c7fa',
      environment: 'production',
      features: features(13, 22, 1, 5, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'catalog',
    metrics: WEB,
    startMinute: 0,
    profile: { ...QUIET_SERVICE, cpuPercent: 30, memoryPercent: 44, responseTimeMs: 90 },
    deployment: {
      version: 'v203',
      previous: 'v202',
      atMinute: 65,
      commit: '90d13b8',
      environment: 'production',
      features: features(12, 9, 0, 4, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'search',
    format: JSONL_FORMAT,
    metrics: [...WEB, 'search_index_lag_ms'],
    profile: { ...QUIET_SERVICE, cpuPercent: 41, memoryPercent: 61, responseTimeMs: 120 },
    deployment: {
      version: 'v98',
      previous: 'v97',
      atMinute: 185,
      commit: '1c55e0a',
      environment: 'production',
      features: features(14, 10, 0, 4, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'payments',
    format: LOGFMT_FORMAT,
    metrics: [...SEED, 'latency_p99_ms', 'db_pool_wait_ms', 'payments_declined_percent', 'revenue_per_minute'],
    profile: { ...QUIET_SERVICE, cpuPercent: 33, responseTimeMs: 210, requestsPerMinute: 1900 },
    deployment: {
      version: 'v77',
      previous: 'v76',
      atMinute: 150,
      commit: 'a4f20be',
      environment: 'production',
      features: features(13, 14, 0, 5, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'batch-report',
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 48, responseTimeMs: 230, swingRatio: 0.1 },
    faults: [trouble('cpu-saturation', 100, 6)],
    deployment: {
      version: 'v31',
      previous: 'v30',
      atMinute: 160,
      commit: '7750d2e',
      environment: 'staging',
      features: features(13, 7, 0, 3, 1),
    },
  },
  {
    ...USUAL,
    pipeline: 'recommendations',
    metrics: [...SEED, 'heap_used_bytes', 'gc_pause_ms', 'gc_time_percent', 'cache_hit_ratio'],
    profile: { ...QUIET_SERVICE, memoryPercent: 55 },
    // Slow: it would be full four hours after the deployment; the log ends half-way, below every limit.
    faults: [trouble('memory-leak', 110, 240)],
    deployment: {
      version: 'v1.19.0',
      previous: 'v1.18.2',
      atMinute: 110,
      commit: 'd8f6b93',
      environment: 'production',
      features: features(12, 11, 0, 4, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'orders',
    metrics: SHOP,
    profile: { ...QUIET_SERVICE, cpuPercent: 36, responseTimeMs: 150 },
    faults: [trouble('business-drop', 107, 3)],
    deployment: {
      version: 'v64',
      previous: 'v63',
      atMinute: 105,
      commit: '5be9a17',
      environment: 'production',
      features: features(12, 16, 0, 5, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'image-resizer',
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 57, memoryPercent: 63, responseTimeMs: 260 },
    // One sample beyond the limit and back: noticed, not blamed.
    faults: [trouble('error-spike', 172, 0.01, 0.7, 172.1), trouble('latency-regression', 188, 0.01, 0.6, 188.1)],
    deployment: {
      version: 'v20260302.1',
      previous: 'v20260227.3',
      atMinute: 155,
      commit: 'c02a6d1',
      environment: 'staging',
      features: features(13, 6, 0, 3, 0),
    },
  },
  {
    ...USUAL,
    pipeline: 'notifications',
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 22, memoryPercent: 39 },
  },
];
