import type { Unit } from '../../core/model/metric.ts';
import { cut, visible } from './text.ts';

const SHORT_NAMES: Readonly<Record<string, string>> = {
  cpu_usage: 'cpu',
  memory_usage: 'mem',
  response_time: 'rt',
  error_rate: 'err',
};
const UNITS = {
  percent: '%',
  ratio: 'ratio',
  ms: 'ms',
  s: 's',
  bytes: 'B',
  count: '',
  'per-minute': '/min',
  none: '',
} as const satisfies Record<Unit, string>;
const SUFFIXES = /_(?:percent|ratio|ms|seconds|bytes|per_minute|total|count|usage)$/;

/** Sign of a unit as it stands behind a value; empty for plain counts. */
export function unitSign(unit: Unit): string {
  return UNITS[unit];
}

/** A metric's short name: `response_time` → `rt`, `db_pool_wait_ms` → `db_pool_wait`. */
export function shortMetric(name: string, columns = 40): string {
  const short = SHORT_NAMES[name] ?? (name.replace(SUFFIXES, '') || name);
  return cut(visible(short), columns);
}

/** A metric's name as a heading, with its unit: `rt ms`, `orders /min`. */
export function metricHeading(name: string, unit: Unit, columns = 40): string {
  const sign = unit === 'ratio' ? '' : unitSign(unit);
  return sign === '' ? shortMetric(name, columns) : `${shortMetric(name, columns - sign.length - 1)} ${sign}`;
}

/** A value in at most five characters: `0.1`, `4.8`, `84`, `912`, `12.4k`, `1.2G`; `–` for no value. */
export function shortValue(value: number | null, unit: Unit): string {
  if (value === null || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  const size = Math.abs(value);
  if (unit === 'bytes' || size >= 10_000) return scaled(value, unit === 'bytes' ? 1024 : 1000);
  if (size >= 100) return String(Math.round(value));
  if (unit === 'ratio') return trimmed(value, size < 0.01 ? 4 : 3);
  if (size >= 10) return trimmed(value, size < 20 && unit !== 'percent' ? 1 : 0);
  return trimmed(value, size < 0.1 ? 2 : 1);
}

/** A value with its unit, for sentences: `912 ms`, `4.8 %`, `41/min`. */
export function valueWithUnit(value: number | null, unit: Unit): string {
  const text = shortValue(value, unit);
  const sign = unit === 'ratio' ? '' : unitSign(unit);
  if (value === null || sign === '' || unit === 'bytes') return unit === 'bytes' ? `${text}B` : text;
  return unit === 'per-minute' ? `${text}${sign}` : `${text} ${sign}`;
}

/** A probability 0..1 as a whole percentage; never 0 % or 100 % unless it is exactly that. */
export function percentText(ratio: number): string {
  const percent = ratio * 100;
  if (percent > 0 && percent < 1) return '<1 %';
  if (percent < 100 && percent > 99) return '>99 %';
  return `${Math.round(percent)} %`;
}

function scaled(value: number, base: number): string {
  const letters = ['', 'k', 'M', 'G', 'T', 'P'];
  let size = value;
  let step = 0;
  while (Math.abs(size) >= base && step < letters.length - 1) {
    size /= base;
    step += 1;
  }
  const digits = Math.abs(size) < 100 && step > 0 ? 1 : 0;
  return `${trimmed(size, digits)}${letters[step]}`;
}

function trimmed(value: number, digits: number): string {
  return digits === 0 ? String(Math.round(value)) : String(Number(value.toFixed(digits)));
}
