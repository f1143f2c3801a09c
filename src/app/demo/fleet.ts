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

const HOT_MACHINE: Fault = { name: 'cpu-saturation', riseMs: 120_000, settleMs: 10_000, severity: 1 };

function one(
  name: string,
  environment: DemoEnvironment,
  versions: readonly [version: string, previous: string],
  metrics: readonly string[],
  profile: Partial<ServiceProfile>,
  rest: Partial<DemoPipeline> = {},
): DemoPipeline {
  return {
    name,
    environment,
    format: CSV_FORMAT,
    profile: { ...QUIET_SERVICE, ...profile },
    metrics,
    version: versions[0],
    previous: versions[1],
    deployedMinutesAgo: null,
    ailment: null,
    ...rest,
  };
}

/** The twelve pipelines. */
export const DEMO_FLEET: readonly DemoPipeline[] = [
  one('accounts', 'production', ['v58', 'v57'], WEB, { cpuPercent: 29, responseTimeMs: 110 }),
  one(
    'batch-report',
    'staging',
    ['v30', 'v29'],
    JOBS,
    { cpuPercent: 48, responseTimeMs: 230, swingRatio: 0.1 },
    {
      ailment: { fault: HOT_MACHINE, sinceMinutesAgo: 40 },
    },
  ),
  one(
    'cart',
    'production',
    ['v140', 'v139'],
    SHOP,
    { cpuPercent: 35, responseTimeMs: 130 },
    { deployedMinutesAgo: 35 },
  ),
  one('catalog', 'production', ['v203', 'v202'], WEB, { cpuPercent: 30, memoryPercent: 44, responseTimeMs: 90 }),
  one(
    'checkout',
    'staging',
    ['v411', 'v410'],
    METRIC_CATALOG.map((metric) => metric.name),
    {
      requestsPerMinute: 3200,
      responseTimeMs: 140,
      conversionPercent: 3.4,
    },
  ),
  one('image-resizer', 'staging', ['v20', 'v19'], JOBS, { cpuPercent: 51, memoryPercent: 63, responseTimeMs: 250 }),
  one('inventory', 'production', ['v77', 'v76'], WEB, { cpuPercent: 27, responseTimeMs: 95 }, { format: JSONL_FORMAT }),
  one('notifications', 'production', ['v12', 'v11'], JOBS, { cpuPercent: 21, memoryPercent: 38, responseTimeMs: 180 }),
  one(
    'orders',
    'production',
    ['v63', 'v62'],
    SHOP,
    { cpuPercent: 36, responseTimeMs: 150 },
    { deployedMinutesAgo: 48 },
  ),
  one(
    'payments',
    'production',
    ['v76', 'v75'],
    [...WEB, 'payments_declined_percent', 'revenue_per_minute'],
    {
      cpuPercent: 33,
      responseTimeMs: 210,
    },
    { format: LOGFMT_FORMAT, deployedMinutesAgo: 22 },
  ),
  one('recommendations', 'staging', ['v19', 'v18'], RUNTIME, { memoryPercent: 47, responseTimeMs: 120 }),
  one('search', 'canary', ['v97', 'v96'], RUNTIME, { cpuPercent: 41, memoryPercent: 56, responseTimeMs: 120 }),
];
