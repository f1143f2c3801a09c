import { dayStartMs, epochToMs } from '../timestamp.ts';

const NO_DAY = -1;

/** Reads timestamps from bytes; remembers the last date, because neighbouring rows are of the same day. */
export class TimeScan {
  /** Where reading ended: the byte after the timestamp. */
  end = 0;
  private readonly bytes: Uint8Array;
  private readonly defaultOffsetMs: number;
  private dayKey = NO_DAY;
  private dayMs = 0;

  constructor(bytes: Uint8Array, defaultZoneOffsetMinutes: number) {
    this.bytes = bytes;
    this.defaultOffsetMs = defaultZoneOffsetMinutes * 60_000;
  }

  /**
   * Unix milliseconds of the timestamp that begins at `at`, NaN when the plain forms do not fit: `YYYY-MM-DD`, `T` or a
   * space, `HH:MM:SS`, a fraction, a zone; or an epoch of at most 15 digits. Needs 40 readable bytes from `at` on.
   */
  read(at: number): number {
    const separator = this.bytes[at + 4];
    if (separator === 45 && this.bytes[at + 7] === 45) return this.readIso(at);
    return this.readEpoch(at);
  }

  private readIso(at: number): number {
    const bytes = this.bytes;
    const y1 = bytes[at]! - 48;
    const y2 = bytes[at + 1]! - 48;
    const y3 = bytes[at + 2]! - 48;
    const y4 = bytes[at + 3]! - 48;
    const m1 = bytes[at + 5]! - 48;
    const m2 = bytes[at + 6]! - 48;
    const d1 = bytes[at + 8]! - 48;
    const d2 = bytes[at + 9]! - 48;
    const h1 = bytes[at + 11]! - 48;
    const h2 = bytes[at + 12]! - 48;
    const i1 = bytes[at + 14]! - 48;
    const i2 = bytes[at + 15]! - 48;
    const s1 = bytes[at + 17]! - 48;
    const s2 = bytes[at + 18]! - 48;
    // Negative as soon as one of them is no digit.
    const date =
      y1 | (9 - y1) | y2 | (9 - y2) | y3 | (9 - y3) | y4 | (9 - y4) | m1 | (9 - m1) | m2 | (9 - m2) | d1 | (9 - d1);
    const time =
      d2 | (9 - d2) | h1 | (9 - h1) | h2 | (9 - h2) | i1 | (9 - i1) | i2 | (9 - i2) | s1 | (9 - s1) | s2 | (9 - s2);
    const between = bytes[at + 10]!;
    if ((date | time) < 0 || (between !== 84 && between !== 32) || bytes[at + 13] !== 58 || bytes[at + 16] !== 58) {
      return Number.NaN;
    }
    const year = y1 * 1000 + y2 * 100 + y3 * 10 + y4;
    const dayKey = (year * 100 + m1 * 10 + m2) * 100 + d1 * 10 + d2;
    if (dayKey !== this.dayKey) {
      this.dayMs = dayStartMs(year, m1 * 10 + m2, d1 * 10 + d2);
      this.dayKey = dayKey;
    }
    const hour = h1 * 10 + h2;
    const minute = i1 * 10 + i2;
    const second = s1 * 10 + s2;
    if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
    return this.withZone(at + 19, this.dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000);
  }

  /** Fraction and zone, from `at` on. */
  private withZone(at: number, ms: number): number {
    const bytes = this.bytes;
    let pos = at;
    let time = ms;
    if (bytes[pos] === 46) {
      pos++;
      let scale = 100;
      for (let digit = bytes[pos]! - 48; digit >= 0 && digit <= 9; digit = bytes[++pos]! - 48) {
        if (scale >= 1) time += digit * scale;
        scale = scale === 100 ? 10 : scale === 10 ? 1 : 0;
        if (pos - at > 12) return Number.NaN;
      }
    }
    const zone = bytes[pos];
    if (zone === 90) {
      this.end = pos + 1;
      return time;
    }
    if (zone !== 43 && zone !== 45) {
      this.end = pos;
      return time - this.defaultOffsetMs;
    }
    const colon = bytes[pos + 3] === 58 ? 1 : 0;
    const h1 = bytes[pos + 1]! - 48;
    const h2 = bytes[pos + 2]! - 48;
    const m1 = bytes[pos + 3 + colon]! - 48;
    const m2 = bytes[pos + 4 + colon]! - 48;
    const hours = h1 * 10 + h2;
    const minutes = m1 * 10 + m2;
    const digits = h1 | (9 - h1) | h2 | (9 - h2) | m1 | (9 - m1) | m2 | (9 - m2);
    if (digits < 0 || hours > 23 || minutes > 59) return Number.NaN;
    this.end = pos + 5 + colon;
    const offset = (hours * 60 + minutes) * 60_000;
    return zone === 45 ? time + offset : time - offset;
  }

  private readEpoch(at: number): number {
    const bytes = this.bytes;
    let pos = at;
    let value = 0;
    for (let digit = bytes[pos]! - 48; digit >= 0 && digit <= 9; digit = bytes[++pos]! - 48) {
      value = value * 10 + digit;
      if (pos - at > 15) return Number.NaN;
    }
    this.end = pos;
    return pos === at ? Number.NaN : epochToMs(value);
  }
}
