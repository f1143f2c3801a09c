import type { Unit } from '../core/model/metric.ts';

/** Written units, each with the metric units it can stand for and the factor into them. */
const WRITTEN: Readonly<Record<string, Partial<Record<Unit, number>>>> = {
  '%': { percent: 1, ratio: 0.01 },
  ms: { ms: 1, s: 0.001 },
  s: { ms: 1000, s: 1 },
  m: { ms: 60_000, s: 60 },
  B: { bytes: 1 },
  kB: { bytes: 1e3 },
  MB: { bytes: 1e6 },
  GB: { bytes: 1e9 },
  TB: { bytes: 1e12 },
  KiB: { bytes: 2 ** 10 },
  MiB: { bytes: 2 ** 20 },
  GiB: { bytes: 2 ** 30 },
  TiB: { bytes: 2 ** 40 },
  '/min': { 'per-minute': 1 },
  '/s': { 'per-minute': 60 },
};

/** A limit as it is written: a number in the metric's own unit, or one with a unit such as `90%`, `0.6s`, `512MiB`. */
export type QuantityResult = { readonly value: number } | { readonly problem: string };

/** Every unit that may be written after a number. */
export const WRITTEN_UNITS: readonly string[] = Object.keys(WRITTEN);

/** Takes a written limit into the unit of its metric; a problem says why it does not fit. */
export function quantityIn(unit: Unit, written: number | string): QuantityResult {
  if (typeof written === 'number') return { value: written };
  const match = /^\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(%|[A-Za-z]+|\/[a-z]+)?\s*$/.exec(written);
  if (match === null) return { problem: 'is not a number with an optional unit' };
  const number = Number(match[1]);
  const suffix = match[2];
  if (suffix === undefined) return { value: number };
  const meanings = Object.hasOwn(WRITTEN, suffix) ? WRITTEN[suffix] : undefined;
  if (meanings === undefined)
    return { problem: `has the unknown unit "${suffix}"; known: ${WRITTEN_UNITS.join(', ')}` };
  const factor = meanings[unit];
  if (factor === undefined) return { problem: `is in "${suffix}", the metric is in ${unitText(unit)}` };
  // Written decimals stay decimal: 0.1 % is 0.001, not 0.0010000000000000002.
  return { value: Number((number * factor).toPrecision(15)) };
}

/** A limit as it is shown: with the sign of its unit. */
export function quantityText(unit: Unit, value: number): string {
  const signs: Partial<Record<Unit, string>> = { percent: '%', ms: 'ms', s: 's', bytes: 'B', 'per-minute': '/min' };
  return `${value}${signs[unit] ?? ''}`;
}

function unitText(unit: Unit): string {
  return unit === 'none' ? 'no known unit (set `unit:`)' : unit;
}
