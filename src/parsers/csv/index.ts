import type { RawBlock, RowBatch } from '../../core/model/sample.ts';
import { IssueList } from '../issues.ts';
import { lineText } from '../line-text.ts';
import type { Format, ParseOptions, ParseResult } from '../parser.ts';
import { readCarefully } from './careful.ts';
import { layoutOf } from './layout.ts';
import { NumberScan } from './number-scan.ts';
import { ByteScan } from './scan.ts';
import { sniffCsv } from './sniff.ts';
import { clearMisses, type CsvHeader, type CsvState, restoreState } from './state.ts';
import { TimeScan } from './time-scan.ts';

const NEWLINE = 10;
/** Rows differ in length: room for a quarter more than the first one suggests saves growing. */
const ROOM = 1.25;

/** Comma, semicolon or tab separated values with a header line. */
export const csv: Format<CsvState> = {
  name: 'csv',
  text: 'Comma, semicolon or tab separated values with a header that has a time column.',
  extensions: ['.csv', '.tsv'],
  sniff: sniffCsv,
  init: () => ({ header: null }),
  restore: restoreState,
  parse: parseCsv,
};

function parseCsv(state: CsvState, block: RawBlock, options: ParseOptions): ParseResult<CsvState> {
  const reading = new CsvReading(block, options);
  const header = reading.run(state.header);
  const { batches, issues, dataLines, otherLines } = reading;
  const lines = { read: dataLines + otherLines + issues.count, data: dataLines, bad: issues.count, other: otherLines };
  return { state: header === state.header ? state : { header }, batches, issues: issues.described, lines };
}

/** One pass over a block: the byte scanner takes what it can, each line it leaves is read carefully. */
class CsvReading {
  readonly batches: RowBatch[] = [];
  readonly issues: IssueList;
  dataLines = 0;
  otherLines = 0;
  private readonly bytes: Uint8Array;
  private readonly options: ParseOptions;
  private readonly times: TimeScan;
  private readonly numbers: NumberScan;
  private scan: ByteScan | null = null;

  constructor(block: RawBlock, options: ParseOptions) {
    this.bytes = block.bytes;
    this.options = options;
    this.issues = new IssueList(block, options.maxIssues);
    this.times = new TimeScan(block.bytes, options.defaultZoneOffsetMinutes);
    this.numbers = new NumberScan(block.bytes);
  }

  /** Reads the whole block; gives the header in force at its end. */
  run(before: CsvHeader | null): CsvHeader | null {
    const { bytes } = this;
    let header = before;
    // The scanner relies on a newline behind every number: an unterminated last line is read carefully.
    const scannable = bytes.lastIndexOf(NEWLINE) + 1;
    let at = 0;
    while (at < bytes.length) {
      if (header !== null && at < scannable) {
        this.scan ??= this.newScan(header, at);
        const from = at;
        at = this.scan.run(at, scannable);
        if (at > from) header = clearMisses(header);
        if (at >= bytes.length) break;
      }
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline < 0 ? bytes.length : newline;
      header = this.readLine(at, end, header);
      at = end + 1;
    }
    this.flush();
    return header;
  }

  private readLine(start: number, end: number, header: CsvHeader | null): CsvHeader | null {
    const line = lineText(this.bytes.subarray(start, end));
    if ('problem' in line) {
      this.issues.add(start, end, line.code, line.problem);
      return header;
    }
    const reading = readCarefully(line.text, header, this.options.defaultZoneOffsetMinutes);
    if (reading.header !== header) this.flush();
    if (reading.type === 'other') this.otherLines++;
    else if (reading.type === 'bad') this.issues.add(start, end, reading.code, reading.message);
    else {
      this.dataLines++;
      this.scan ??= this.newScan(reading.header, end);
      this.scan.add(reading.atMs, reading.values, reading.labels);
    }
    return reading.header;
  }

  private newScan(header: CsvHeader, at: number): ByteScan {
    const newline = this.bytes.indexOf(NEWLINE, at + 1);
    const rowBytes = (newline < 0 ? this.bytes.length : newline) - at + 1;
    const expectedRows = Math.ceil(((this.bytes.length - at) / rowBytes) * ROOM);
    return new ByteScan(this.bytes, layoutOf(header), this.times, this.numbers, expectedRows);
  }

  private flush(): void {
    if (this.scan === null) return;
    this.dataLines += this.scan.rowCount;
    this.batches.push(...this.scan.groups.batches());
    this.scan = null;
  }
}
