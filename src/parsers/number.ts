/** 10^0 … 10^22: the powers of ten that a double holds exactly. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Below this, every whole number is exact in a double (2^53). */
export const EXACT_LIMIT = 9007199254740992;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MISSING = new Set(['', '-', '--', 'nan', 'null', 'none', 'nil', 'na', 'n/a', '#n/a', '<nil>', 'undefined']);
const INFINITE = new Set(['inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity']);

/**
 * A number as logs write it: decimal, optional sign, fraction and exponent, blanks around it; equal to `Number(text)`.
 *
 * Missing (empty, `-`, `NaN`, `null`, `NA`, …) and infinite values (`Inf`, or too large for a double) give NaN: no value to
 * compare. Anything else is not a number and gives null. Hexadecimal, thousands separators and units are not numbers.
 */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (DECIMAL.test(trimmed)) {
    const value = Number(trimmed);
    return Number.isFinite(value) ? value : Number.NaN;
  }
  return isMissing(trimmed) ? Number.NaN : null;
}

/** True for words that stand for "no value" or for an infinite one. */
export function isMissing(text: string): boolean {
  const word = text.trim().toLowerCase();
  return MISSING.has(word) || INFINITE.has(word);
}
