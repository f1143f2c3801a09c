import type { Fault } from '../../core/simulate/fault-course.ts';
import { METRIC_CATALOG, SEED_METRIC_NAMES } from '../../core/simulate/metric-catalog.ts';
import { QUIET_SERVICE, type ServiceProfile } from '../../core/simulate/profile.ts';
import { CSV_FORMAT, JSONL_FORMAT, LOGFMT_FORMAT, type RowFormat } from '../simulate/row-format.ts';

/** Environments of the demo: production asks for the typed name, staging for a key, canary acts after a countdown. */
export type DemoEnvironment = 'production' | 'staging' | 'canary';

/** A pipeline of the demo as it is when the demo starts. */
export interface DemoPipeline {
  readonly name: string;
  readonly environment: DemoEnvironment;
  readonly format: RowFormat;
  readonly profile: ServiceProfile;
  readonly metrics: readonly string[];
  /** What serves at the start, and what served before it. */
  readonly version: string;
  readonly previous: string;
  /** When `version` went live, in minutes before the start; null = longer ago than the logs reach. */
  readonly deployedMinutesAgo: number | null;
  /** Something that is wrong whatever version serves, since so many minutes before the start. */
  readonly ailment: { readonly fault: Fault; readonly sinceMinutesAgo: number } | null;
}

const SEED = SEED_METRIC_NAMES;
const WEB = [...SEED, 'latency_p95_ms', 'latency_p99_ms', 'requests_per_minute', 'cache_hit_ratio'];
const SHOP = [...WEB, 'orders_per_minute', 'revenue_per_minute', 'conversion_percent'];
const RUNTIME = [...SEED, 'heap_used_bytes', 'gc_pause_ms', 'gc_time_percent', 'event_loop_lag_ms'];
const JOBS = [...SEED, 'queue_depth', 'queue_wait_ms', 'gc_pause_ms'];

const HOT_MACHINE: Fault = { name: 'cpu-saturation', riseMs: 120_000, settleMs: 10_000, severity: 0.8 };

const ORDINARY = { format: CSV_FORMAT, profile: QUIET_SERVICE, ailment: null } as const;

/** The twelve pipelines. */
export const DEMO_FLEET: readonly DemoPipeline[] = [
  {
    ...ORDINARY,
    ...serving('accounts', 'production', 58, 52),
    metrics: WEB,
    profile: { ...QUIET_SERVICE, cpuPercent: 29, responseTimeMs: 110 },
  },
  {
    ...ORDINARY,
    ...serving('batch-report', 'staging', 30, 50),
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 48, responseTimeMs: 230, errorPercent: 0.4, swingRatio: 0.1 },
    ailment: { fault: HOT_MACHINE, sinceMinutesAgo: 40 },
  },
  {
    ...ORDINARY,
    ...serving('cart', 'production', 140, 35),
    metrics: SHOP,
    profile: { ...QUIET_SERVICE, cpuPercent: 35, responseTimeMs: 130 },
  },
  {
    ...ORDINARY,
    ...serving('catalog', 'production', 203, 44),
    metrics: WEB,
    profile: { ...QUIET_SERVICE, cpuPercent: 30, memoryPercent: 44, responseTimeMs: 90 },
  },
  {
    ...ORDINARY,
    ...serving('checkout', 'staging', 411, 47),
    metrics: METRIC_CATALOG.map((metric) => metric.name),
    profile: { ...QUIET_SERVICE, requestsPerMinute: 3200, responseTimeMs: 140, conversionPercent: 3.4 },
  },
  {
    ...ORDINARY,
    ...serving('image-resizer', 'staging', 20, 28),
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 51, memoryPercent: 63, responseTimeMs: 230 },
  },
  {
    ...ORDINARY,
    ...serving('inventory', 'production', 77, 41),
    format: JSONL_FORMAT,
    metrics: WEB,
    profile: { ...QUIET_SERVICE, cpuPercent: 27, responseTimeMs: 95 },
  },
  {
    ...ORDINARY,
    ...serving('notifications', 'production', 12, null),
    metrics: JOBS,
    profile: { ...QUIET_SERVICE, cpuPercent: 21, memoryPercent: 38, responseTimeMs: 180 },
  },
  {
    ...ORDINARY,
    ...serving('orders', 'production', 63, 48),
    metrics: SHOP,
    profile: { ...QUIET_SERVICE, cpuPercent: 36, responseTimeMs: 150 },
  },
  {
    ...ORDINARY,
    ...serving('payments', 'production', 76, 22),
    format: LOGFMT_FORMAT,
    metrics: [...WEB, 'payments_declined_percent', 'revenue_per_minute'],
    profile: { ...QUIET_SERVICE, cpuPercent: 33, responseTimeMs: 210 },
  },
  {
    ...ORDINARY,
    ...serving('recommendations', 'staging', 19, 31),
    metrics: RUNTIME,
    profile: { ...QUIET_SERVICE, memoryPercent: 47, responseTimeMs: 120 },
  },
  {
    ...ORDINARY,
    ...serving('search', 'canary', 97, 38),
    metrics: RUNTIME,
    profile: { ...QUIET_SERVICE, cpuPercent: 41, memoryPercent: 56, responseTimeMs: 120 },
  },
];

function serving(
  name: string,
  environment: DemoEnvironment,
  version: number,
  deployedMinutesAgo: number | null,
): Pick<DemoPipeline, 'name' | 'environment' | 'version' | 'previous' | 'deployedMinutesAgo'> {
  return { name, environment, version: `v${version}`, previous: `v${version - 1}`, deployedMinutesAgo };
}
