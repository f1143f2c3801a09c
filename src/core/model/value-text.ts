import type { Unit } from './metric.ts';

const SIGNS = {
  percent: ' %',
  ratio: '',
  ms: ' ms',
  s: ' s',
  bytes: ' B',
  count: '',
  'per-minute': '/min',
  none: '',
} as const satisfies Record<Unit, string>;

/** A value with its unit for a sentence, three figures: `912 ms`, `4.8 %`, `1.2 GB`, `41/min`. NaN gives `–`. */
export function valueText(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'bytes') return scaled(value, 1024, 'B');
  return `${numberText(value)}${SIGNS[unit]}`;
}

/** A number in at most three figures after the first, no exponent below 10¹⁵: `0.034`, `4.8`, `912`, `12,400`. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(2);
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  const digits = size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(value.toFixed(digits)));
}

function scaled(value: number, base: number, sign: string): string {
  const letters = ['', 'k', 'M', 'G', 'T', 'P'];
  let size = value;
  let step = 0;
  while (Math.abs(size) >= base && step < letters.length - 1) {
    size /= base;
    step += 1;
  }
  return `${numberText(size)} ${letters[step]}${sign}`;
}
