import type { ParseIssueCode } from '../../core/model/sample.ts';
import { isMissing, parseNumber } from '../number.ts';
import { shown } from '../issues.ts';
import { parseTimestamp } from '../timestamp.ts';
import { splitFields } from './fields.ts';
import { clearMisses, countMiss, type CsvHeader, headerOf, settleAsMetric, settleAsText } from './state.ts';

/** What the careful reader made of one line. `header` is the one in force after it. */
export type LineReading =
  | { readonly type: 'other'; readonly header: CsvHeader | null }
  | { readonly type: 'bad'; readonly header: CsvHeader | null; readonly code: ParseIssueCode; readonly message: string }
  | {
      readonly type: 'row';
      readonly header: CsvHeader;
      readonly atMs: number;
      /** One per column of `header`. */
      readonly values: readonly number[];
      readonly labels: readonly string[];
    };

const DELIMITERS = [',', ';', '\t'];

/** Reads one line of text under the header in force; handles all that a line may be. */
export function readCarefully(text: string, header: CsvHeader | null, defaultZoneOffsetMinutes: number): LineReading {
  if (text.trim() === '') return { type: 'other', header };
  if (header === null) {
    const found = findHeader(text.replace(/^\s*#\s*/, ''));
    if (found !== null && isLongForm(found)) return longForm(header);
    if (found !== null || text.trimStart().startsWith('#')) return { type: 'other', header: found };
    const message =
      'expected a header line with a time column (timestamp, time, ts, …) and a metric before the first row';
    return { type: 'bad', header, code: 'no-header', message };
  }
  if (text.trimStart().startsWith('#')) return { type: 'other', header };
  const fields = splitFields(text, header.delimiter);
  if (fields === null) {
    const message = 'expected a quoted field to end in its line, found an unclosed or misplaced quote';
    return { type: 'bad', header, code: 'bad-quote', message };
  }
  const reading = readRow(fields, header, defaultZoneOffsetMinutes);
  if (reading.type !== 'bad') return reading;
  const repeated = findHeader(text);
  if (repeated === null) return reading;
  if (isLongForm(repeated)) return longForm(header);
  // The same header again keeps what was learned of its columns.
  const same = repeated.delimiter === header.delimiter && repeated.names.join('\n') === header.names.join('\n');
  return { type: 'other', header: same ? header : repeated };
}

/** `metric,value`: read as columns, all metrics would end up in one series. */
function isLongForm({ names }: CsvHeader): boolean {
  const keys = names.map((name) => name.toLowerCase());
  return keys.includes('metric') && keys.includes('value');
}

function longForm(header: CsvHeader | null): LineReading {
  const message = 'expected a column per metric, found the long form with the columns metric and value';
  return { type: 'bad', header, code: 'no-header', message };
}

function findHeader(text: string): CsvHeader | null {
  const candidates = DELIMITERS.map((delimiter) => {
    const fields = splitFields(text, delimiter);
    return fields === null ? null : headerOf(fields, delimiter);
  }).filter((header) => header !== null);
  return candidates.toSorted((a, b) => b.names.length - a.names.length)[0] ?? null;
}

function readRow(fields: readonly string[], header: CsvHeader, defaultZoneOffsetMinutes: number): LineReading {
  const width = header.names.length;
  const trailing = fields.length === width + 1 && fields[width]!.trim() === '';
  if (fields.length !== width && !trailing) {
    const message = `expected ${width} fields as in the header, found ${fields.length}`;
    return { type: 'bad', header, code: 'field-count', message };
  }
  const time = header.roles.indexOf('time');
  const atMs = parseTimestamp(fields[time]!, defaultZoneOffsetMinutes);
  if (Number.isNaN(atMs)) return badTime(fields[time]!, header.names[time]!, header);
  return readValues(fields, header, atMs);
}

function badTime(field: string, name: string, header: CsvHeader): LineReading {
  if (isMissing(field)) {
    return {
      type: 'bad',
      header,
      code: 'no-timestamp',
      message: `expected a time in column ${shown(name)}, found nothing`,
    };
  }
  const message = `expected an ISO time or epoch seconds, ms, µs or ns in column ${shown(name)}, found ${shown(field)}`;
  return { type: 'bad', header, code: 'bad-timestamp', message };
}

function readValues(fields: readonly string[], header: CsvHeader, atMs: number): LineReading {
  let next = header;
  for (const [column, role] of header.roles.entries()) {
    if (role !== 'metric' && role !== 'open') continue;
    const value = parseNumber(fields[column]!);
    if (role === 'open') {
      if (value === null) next = settleAsText(next, column);
      else if (!Number.isNaN(value)) next = settleAsMetric(next, column);
    } else if (value === null) {
      const message = `expected a number in column ${shown(header.names[column]!)}, found ${shown(fields[column]!)}`;
      return { type: 'bad', header: countMiss(header, column), code: 'bad-number', message };
    }
  }
  const read = clearMisses(next);
  const values = read.roles.flatMap((role, column) =>
    role === 'metric' || role === 'open' ? [parseNumber(fields[column]!) ?? Number.NaN] : [],
  );
  const labels = read.labels.flatMap((label, column) => (label === null ? [] : [fields[column]!.trim()]));
  return { type: 'row', header: read, atMs, values, labels };
}
