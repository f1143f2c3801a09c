import type { MetricKind, MetricSpec, Unit, WorseDirection } from '../model/metric.ts';

type Known = Partial<Omit<MetricSpec, 'name'>>;

/** The seed's four metrics with the seed's limits (`>`). `error_rate` is percent, `response_time` milliseconds. */
const SEED: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['cpu_usage', { unit: 'percent', worse: 'up', limit: 90, weight: 1.5 }],
  ['memory_usage', { unit: 'percent', worse: 'up', limit: 90, weight: 1.5 }],
  ['response_time', { unit: 'ms', worse: 'up', limit: 600, weight: 3 }],
  ['error_rate', { unit: 'percent', worse: 'up', limit: 2, weight: 4 }],
]);

/** Unit suffixes, the longest that fits wins. The suffix is stronger than anything else the name says. */
const SUFFIXES: readonly (readonly [string, Unit])[] = [
  ['_per_minute', 'per-minute'],
  ['_per_min', 'per-minute'],
  ['_rpm', 'per-minute'],
  ['_milliseconds', 'ms'],
  ['_millis', 'ms'],
  ['_ms', 'ms'],
  ['_seconds', 's'],
  ['_secs', 's'],
  ['_sec', 's'],
  ['_s', 's'],
  ['_bytes', 'bytes'],
  ['_ratio', 'ratio'],
  ['_fraction', 'ratio'],
  ['_percent', 'percent'],
  ['_percentage', 'percent'],
  ['_pct', 'percent'],
  ['_total', 'count'],
  ['_count', 'count'],
];

const BUSINESS_DOWN =
  /(^|_)(orders?|revenue|conversions?|signups?|sign_ups?|sales|checkouts?_completed|checkouts|purchases?|bookings?|payments|subscriptions?|gmv|active_users|logins|carts?)(_|$)/;
const BUSINESS_UP =
  /(^|_)(refunds?|churn|chargebacks?|cancellations?|abandoned|abandonment|declined|bounce_rate|complaints?)(_|$)/;
const ERRORS =
  /(^|_)(errors?|failures?|failed|exceptions?|timeouts?|dropped|drops|rejected|rejections?|retries|5xx|4xx|crashes|restarts?|oom|panics?|lost|deadlocks?|throttled)(_|$)/;
const SLOWNESS =
  /(^|_)(latency|response_time|duration|delay|lag|wait|p50|p75|p90|p95|p99|p999|ttfb|elapsed|gc_pause|pause)(_|$)/;
const SATURATION =
  /(^|_)(cpu|memory|mem|heap|rss|disk|swap|load|load1|queue|backlog|pending|saturation|connections|threads|fds|goroutines|usage|used|utilization|utilisation|inflight|in_flight|depth)(_|$)/;
const SUCCESS =
  /(^|_)(success|successful|availability|uptime|healthy|hit_rate|hits?|cache_hit|apdex|free|available|ready|satisfaction)(_|$)/;
const TRAFFIC = /(^|_)(throughput|requests?|rps|qps|tps|hits_per_second|traffic|calls|messages|events)(_|$)/;
/** Words of `TRAFFIC` that are requests of users for certain. */
const REQUESTS = /(^|_)(requests?|rps|qps|tps|hits_per_second|throughput)(_|$)/;
const COUNTER = /_(total|count|sum|created|bucket)$/;

/**
 * What a metric's name says of it: unit from the suffix, else from well-known names; kind, worse direction, limit and weight.
 *
 * `name` may carry Prometheus labels (`x_total{code="200"}`); they do not matter here. Names are compared without case, with `.`, `-`
 * and spaces as `_`. Only the seed's metrics have a limit by default. A cumulative counter has weight 0: its height says nothing of
 * health. An unknown name gives unit `none`, direction `both` and a small weight.
 */
export function specOf(name: string): MetricSpec {
  const key = metricKey(name);
  const seed = SEED.get(key);
  const business = BUSINESS_UP.test(key) || BUSINESS_DOWN.test(key);
  const guess = guessOf(key, business);
  const kind: MetricKind = business ? 'business' : 'technical';
  const weight = isCounter(name) ? 0 : guess.weight;
  return { name, unit: unitOf(key, guess.worse), kind, worse: guess.worse, limit: null, weight, ...seed };
}

/** True when the name alone tells that its values are numbers: the seed's metrics, a unit suffix, a well-known word. */
export function isKnownMetric(name: string): boolean {
  const key = metricKey(name);
  if (SEED.has(key) || suffixUnit(key) !== null) return true;
  return [BUSINESS_DOWN, BUSINESS_UP, ERRORS, SLOWNESS, SATURATION, SUCCESS, TRAFFIC].some((words) => words.test(key));
}

/** True for a metric that counts requests, by its name; not one of failed ones, nor of their duration. */
export function isTrafficMetric(name: string): boolean {
  const key = metricKey(name);
  return REQUESTS.test(key) && ![ERRORS, SUCCESS, SLOWNESS, SATURATION].some((words) => words.test(key));
}

/** True for names of values that only grow (`_total`, `_count`, `_sum`, `_created`, `_bucket`): passed on as they are, never judged by height. */
export function isCounter(name: string): boolean {
  return COUNTER.test(metricKey(name));
}

function metricKey(name: string): string {
  const brace = name.indexOf('{');
  return (brace < 0 ? name : name.slice(0, brace))
    .trim()
    .toLowerCase()
    .replace(/[.\-\s/]+/g, '_');
}

function guessOf(key: string, business: boolean): { readonly worse: WorseDirection; readonly weight: number } {
  if (business) return { worse: BUSINESS_UP.test(key) ? 'up' : 'down', weight: 2 };
  // Errors come first: `failed_requests` is about errors, `success_errors` too.
  if (ERRORS.test(key)) return { worse: 'up', weight: 4 };
  if (SUCCESS.test(key)) return { worse: 'down', weight: 2 };
  if (SLOWNESS.test(key)) return { worse: 'up', weight: 3 };
  if (TRAFFIC.test(key)) return { worse: 'down', weight: 1 };
  if (SATURATION.test(key)) return { worse: 'up', weight: 1 };
  return { worse: 'both', weight: 0.5 };
}

function unitOf(key: string, worse: WorseDirection): Unit {
  const suffix = suffixUnit(key);
  if (suffix !== null) return suffix;
  if (/(^|_)(error|failure|success|hit|bounce|abandonment|conversion)_rate$/.test(key)) return 'percent';
  if (/(^|_)(cpu|memory|mem|disk|swap|heap)_(usage|utili[sz]ation|used)$/.test(key)) return 'percent';
  if (worse === 'up' && SLOWNESS.test(key)) return 'ms';
  return TRAFFIC.test(key) || ERRORS.test(key) || BUSINESS_DOWN.test(key) || BUSINESS_UP.test(key) ? 'count' : 'none';
}

function suffixUnit(key: string): Unit | null {
  // Prometheus names say the unit before the counter: `process_cpu_seconds_total`.
  const beneath = COUNTER.test(key) ? suffixUnit(key.replace(COUNTER, '')) : null;
  if (beneath !== null) return beneath;
  const fitting = SUFFIXES.filter(([suffix]) => key.endsWith(suffix));
  return fitting.toSorted((a, b) => b[0].length - a[0].length)[0]?.[1] ?? null;
}
