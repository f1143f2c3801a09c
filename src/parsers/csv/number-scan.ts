import { EXACT_LIMIT, POWERS_OF_TEN } from '../number.ts';

/** Reads decimal numbers from bytes. */
export class NumberScan {
  /** Where reading ended: the byte after the number, or where it began when there was none. */
  end = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /**
   * The decimal number that begins at `at`, equal to `Number` of its text, NaN
   * when that is infinite; `end` stays at `at` when none begins there.
   * A byte that is no part of a number must follow within the array.
   */
  read(at: number): number {
    const bytes = this.bytes;
    let pos = at;
    const negative = bytes[pos] === 45;
    if (negative) pos++;
    const first = pos;
    let digits = 0;
    let digit = bytes[pos]! - 48;
    while (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      digit = bytes[++pos]! - 48;
    }
    let count = pos - first;
    let decimals = 0;
    if (digit === -2) {
      const point = pos;
      digit = bytes[++pos]! - 48;
      while (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        digit = bytes[++pos]! - 48;
      }
      decimals = pos - point - 1;
      count += decimals;
    }
    if (count === 0) {
      this.end = at;
      return 0;
    }
    // 'E' or 'e', or more digits than a double holds: the runtime's own conversion rounds right.
    if (digit === 21 || digit === 53) return this.readExponent(at, pos);
    this.end = pos;
    if (digits >= EXACT_LIMIT || decimals > 22) return this.convert(at, pos);
    // Both operands are exact, so the one division is correctly rounded (Clinger 1990).
    const value = decimals === 0 ? digits : digits / POWERS_OF_TEN[decimals]!;
    return negative ? -value : value;
  }

  private readExponent(at: number, letter: number): number {
    const bytes = this.bytes;
    let pos = letter + 1;
    if (bytes[pos] === 43 || bytes[pos] === 45) pos++;
    const first = pos;
    while (bytes[pos]! >= 48 && bytes[pos]! <= 57) pos++;
    this.end = pos === first ? at : pos;
    return pos === first ? 0 : this.convert(at, pos);
  }

  private convert(from: number, to: number): number {
    let text = '';
    for (let pos = from; pos < to; pos++) text += String.fromCharCode(this.bytes[pos]!);
    const value = Number(text);
    return Number.isFinite(value) ? value : Number.NaN;
  }
}
