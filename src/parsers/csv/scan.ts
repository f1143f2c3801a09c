import { LABEL, OPEN, SKIP, TIME, type Layout } from './layout.ts';
import type { NumberScan } from './number-scan.ts';
import { RowGroups, Rows } from './rows.ts';
import type { TimeScan } from './time-scan.ts';

/** Timestamps are read without looking for the end of the block; nearer to it the careful reader takes over. */
const LOOKAHEAD = 40;
const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;

/**
 * The fast reader: rows straight from bytes to numbers, no string per field. It takes the plain lines and stops at the first
 * one that is not (quotes, words, another count of fields, anything odd), which the careful reader then judges.
 */
export class ByteScan {
  readonly groups: RowGroups;
  /** Rows read by this scan. */
  rowCount = 0;
  private readonly bytes: Uint8Array;
  private readonly layout: Layout;
  private readonly times: TimeScan;
  private readonly numbers: NumberScan;
  private rows: Rows;
  /** Where the labels of the last row stand: start and end by turns, in the order of `labelNames`. */
  private labelSpans: Int32Array;
  private spans: Int32Array;

  constructor(bytes: Uint8Array, layout: Layout, times: TimeScan, numbers: NumberScan, expectedRows: number) {
    this.bytes = bytes;
    this.layout = layout;
    this.times = times;
    this.numbers = numbers;
    this.groups = new RowGroups(layout.header.columns, expectedRows);
    // With labels, the first row is written to rows of nobody and moved when its labels are known.
    this.rows = layout.labelNames.length === 0 ? this.groups.rows([], []) : new Rows({}, layout.header.columns, 1);
    this.labelSpans = new Int32Array(layout.labelNames.length * 2);
    this.spans = new Int32Array(layout.labelNames.length * 2);
  }

  /** Reads rows from `from` on; gives the position of the first line it did not take. `end` is behind the last newline. */
  run(from: number, end: number): number {
    const { bytes, numbers, times } = this;
    const { kinds, delimiter } = this.layout;
    const last = kinds.length - 1;
    const limit = end - LOOKAHEAD;
    let lineStart = from;
    while (lineStart < limit) {
      const rows = this.rows;
      rows.reserve();
      const { values, count } = rows;
      let cell = count * rows.columns.length;
      let label = 0;
      let pos = lineStart;
      for (let column = 0; column <= last; column++) {
        const kind = kinds[column];
        if (kind === TIME) {
          const atMs = times.read(pos);
          if (atMs !== atMs) return lineStart;
          rows.atMs[count] = atMs;
          pos = times.end;
          if (pos >= end) return lineStart;
        } else if (kind === SKIP || kind === LABEL) {
          const start = pos;
          pos = this.skipText(pos, delimiter);
          if (pos < 0) return lineStart;
          if (kind === LABEL) {
            this.spans[label++] = start;
            this.spans[label++] = pos;
          }
        } else {
          while (bytes[pos] === BLANK) pos++;
          const value = numbers.read(pos);
          if (numbers.end > pos) {
            // What the first number of a column settles is the careful reader's to write down.
            if (kind === OPEN) return lineStart;
            values[cell++] = value;
            pos = numbers.end;
          } else {
            values[cell++] = Number.NaN;
          }
        }
        if (column < last) {
          if (bytes[pos++] !== delimiter) return lineStart;
        }
      }
      if (bytes[pos] === RETURN) pos++;
      if (bytes[pos] !== NEWLINE) return lineStart;
      this.commit(label);
      lineStart = pos + 1;
    }
    return lineStart;
  }

  /** Takes a row that was read carefully, after the ones read so far. */
  add(atMs: number, values: readonly number[], labels: readonly string[]): void {
    const rows = this.groups.rows(this.layout.labelNames, labels);
    rows.reserve();
    rows.atMs[rows.count] = atMs;
    rows.values.set(values, rows.count * rows.columns.length);
    rows.count++;
  }

  /** End of a text field that needs no second look, -1 otherwise: a quote, a control character, a byte beyond ASCII. */
  private skipText(from: number, delimiter: number): number {
    const bytes = this.bytes;
    let pos = from;
    for (;;) {
      const byte = bytes[pos]!;
      if (byte === delimiter || byte === NEWLINE || byte === RETURN) return pos;
      if (byte === 34 || byte < BLANK || byte > 126) return -1;
      pos++;
    }
  }

  private commit(labelSpanCount: number): void {
    this.rowCount++;
    if (labelSpanCount === 0 || (this.rowCount > 1 && this.sameLabels(labelSpanCount))) {
      this.rows.count++;
      return;
    }
    const values: string[] = [];
    for (let index = 0; index < labelSpanCount; index += 2) {
      values.push(this.text(this.spans[index]!, this.spans[index + 1]!));
    }
    const rows = this.groups.rows(this.layout.labelNames, values);
    if (rows === this.rows) rows.count++;
    else this.rows.moveUncountedTo(rows);
    this.rows = rows;
    [this.labelSpans, this.spans] = [this.spans, this.labelSpans];
  }

  private sameLabels(labelSpanCount: number): boolean {
    const { bytes, labelSpans, spans } = this;
    for (let index = 0; index < labelSpanCount; index += 2) {
      const now = spans[index]!;
      const before = labelSpans[index]!;
      const length = spans[index + 1]! - now;
      if (labelSpans[index + 1]! - before !== length) return false;
      for (let offset = 0; offset < length; offset++) {
        if (bytes[now + offset] !== bytes[before + offset]) return false;
      }
    }
    return true;
  }

  private text(from: number, to: number): string {
    let text = '';
    for (let pos = from; pos < to; pos++) text += String.fromCharCode(this.bytes[pos]!);
    return text.trim();
  }
}
