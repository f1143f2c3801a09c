import { readFileSync } from 'node:fs';
import { splitFields } from '../../parsers/csv/fields.ts';
import { RiskError } from '../../core/risk/risk-error.ts';

/** A CSV file as columns of text. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a CSV file with a header row.
 *
 * @throws RiskError `bad-value` when the file cannot be read, is empty, or a row has another number of fields
 */
export function readTable(path: string): Table {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new RiskError('bad-value', `Cannot read ${path}: ${(error as Error).message}.`);
  }
  const [header, ...rows] = records(text.replace(/^\uFEFF/, ''), path);
  if (header === undefined) throw new RiskError('bad-value', `${path} is empty; expected a header row.`);
  rows.forEach((row, index) => {
    if (row.length !== header.length) {
      throw new RiskError(
        'bad-value',
        `${path}, line ${index + 2}: expected ${header.length} fields as in the header; found ${row.length}.`,
      );
    }
  });
  return { path, header: header.map((name) => name.trim()), rows };
}

/** Place of a column. @throws RiskError `feature-mismatch` that lists the columns found */
export function columnIndex(table: Table, name: string): number {
  const index = table.header.indexOf(name);
  if (index === -1) {
    throw new RiskError('feature-mismatch', `${table.path} has no column "${name}"; found ${table.header.join(', ')}.`);
  }
  return index;
}

/** A column as numbers, NaN where empty. @throws RiskError naming line and text where a number was expected */
export function numericColumn(table: Table, name: string): Float64Array {
  const index = columnIndex(table, name);
  return Float64Array.from(table.rows, (row, line) => {
    const text = row[index]!.trim();
    if (text === '' || text.toLowerCase() === 'nan') return NaN;
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw new RiskError('bad-value', `${table.path}, line ${line + 2}: "${name}" must be a number; found "${text}".`);
    }
    return value;
  });
}

/** Rows of fields; a quoted field may hold line breaks. */
function records(text: string, path: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let open = '';
  text.split(/\r?\n/).forEach((line, index) => {
    const record = open === '' ? line : `${open}\n${line}`;
    if (record.split('"').length % 2 === 0) {
      open = record;
      return;
    }
    open = '';
    if (record.trim() === '') return;
    const fields = splitFields(record, ',');
    if (fields === null) throw new RiskError('bad-value', `${path}, line ${index + 1}: a quote is in the wrong place.`);
    rows.push(fields);
  });
  if (open !== '')
    throw new RiskError('bad-value', `${path}: a quoted field that begins at "${open.slice(0, 40)}" has no end.`);
  return rows;
}
