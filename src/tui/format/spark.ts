import type { Spark } from '../../core/session/snapshot.ts';
import type { Line, Span } from './line.ts';
import { span } from './line.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** Smallest span of a scale, as a share of the level or the limit: less would make noise look like news. */
const LEAST_SPAN = 0.3;
/** Where a steady series stands whose level is its limit, as a share of the height. */
const AT_LIMIT = 0.85;

/**
 * Lowest and highest value of a scale in which both the shape of a series and how near it is to its limit show: it spans
 * what the series does, noise aside, and a steady series stands the higher the nearer it is to the limit.
 */
export function sparkScale(
  spec: Spark['spec'],
  shown: readonly (number | null)[],
): { readonly low: number; readonly high: number } {
  const values = shown.filter((value) => value !== null && Number.isFinite(value)) as readonly number[];
  if (values.length === 0) return { low: 0, high: 0 };
  const least = Math.min(...values);
  const most = Math.max(...values);
  const middle = (least + most) / 2;
  const { limit, unit } = spec;
  const top = Math.abs(limit ?? (unit === 'percent' ? 100 : 0));
  const extent = Math.max(most - least, LEAST_SPAN * Math.max(Math.abs(middle), top));
  const place = AT_LIMIT * (top === 0 ? 0.6 : Math.min(1, Math.max(0, middle / top)));
  const low = Math.min(least, Math.max(most - extent, middle - place * extent));
  return { low, high: low + extent };
}

/**
 * All values as bars, `columns` wide, oldest first; where there are more values than columns the worst of each few is
 * shown. Gaps are `·`, anomalous samples have the alarm's colour.
 */
export function sparkline(spark: Spark, columns: number): Line {
  const count = spark.values.length;
  const perColumn = Math.max(1, count / columns);
  const blanks = count === 0 ? 0 : Math.max(0, columns - count);
  const buckets = Array.from({ length: columns - blanks }, (_, column) =>
    bucket(spark, Math.floor(column * perColumn), Math.floor((column + 1) * perColumn)),
  );
  const values = buckets.map(({ value }) => value);
  const { low, high } = sparkScale(spark.spec, values);
  const spans: Span[] = blanks > 0 ? [span(' '.repeat(blanks), 'muted')] : [];
  for (const { value, isBad } of buckets)
    push(spans, span(bar(value, low, high), isBad ? 'bad' : isNear(value, spark) ? 'warn' : 'muted'));
  return spans;
}

function bucket(spark: Spark, from: number, to: number): { readonly value: number | null; readonly isBad: boolean } {
  let value: number | null = null;
  let isBad = false;
  for (let index = from; index < to; index += 1) {
    const next = spark.values[index] ?? null;
    if (next === null) continue;
    if (spark.flags[index] === 1) isBad = true;
    if (value === null || (spark.spec.worse === 'down' ? next < value : next > value)) value = next;
  }
  return { value, isBad };
}

/** Which way the newest sample is anomalous: `▲`, `▼` or a blank. */
export function sparkFlag(spark: Spark): '▲' | '▼' | ' ' {
  if (spark.flags.at(-1) !== 1) return ' ';
  return spark.spec.worse === 'down' ? '▼' : '▲';
}

// Close to the limit on its bad side, though not beyond it.
function isNear(value: number | null, { spec }: Spark): boolean {
  if (value === null || spec.limit === null || spec.limit <= 0) return false;
  return spec.worse === 'down' ? value < spec.limit * 1.1 : value > spec.limit * 0.9;
}

function bar(value: number | null, low: number, high: number): string {
  if (value === null || Number.isNaN(value)) return '·';
  if (high <= low) return BARS.charAt(0);
  const ratio = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return BARS.charAt(Math.min(BARS.length - 1, Math.floor(ratio * BARS.length)));
}

function push(spans: Span[], next: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last.tone === next.tone) spans[spans.length - 1] = { ...last, text: last.text + next.text };
  else spans.push(next);
}
