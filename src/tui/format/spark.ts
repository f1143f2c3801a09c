import type { Spark } from '../../core/session/snapshot.ts';
import type { Line, Span } from './line.ts';
import { span } from './line.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** Lowest and highest value of a scale that shows how near a metric is to its limit, not its noise. */
export function sparkScale(spark: Spark): { readonly low: number; readonly high: number } {
  let low = 0;
  let high = spark.spec.limit ?? 0;
  if (spark.spec.unit === 'percent' && spark.spec.limit === null) high = 100;
  for (const value of spark.values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/**
 * All values as bars, `columns` wide, oldest first; where there are more values than columns the worst of each few is
 * shown. Gaps are `·`, anomalous samples have the alarm's colour.
 */
export function sparkline(spark: Spark, columns: number): Line {
  const { low, high } = sparkScale(spark);
  const count = spark.values.length;
  const perColumn = Math.max(1, count / columns);
  const blanks = count === 0 ? 0 : Math.max(0, columns - count);
  const spans: Span[] = blanks > 0 ? [span(' '.repeat(blanks), 'muted')] : [];
  for (let column = 0; column < columns - blanks; column += 1) {
    const { value, isBad } = bucket(spark, Math.floor(column * perColumn), Math.floor((column + 1) * perColumn));
    push(spans, span(bar(value, low, high), isBad ? 'bad' : isNear(value, spark) ? 'warn' : 'muted'));
  }
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
