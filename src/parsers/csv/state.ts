import { isKnownMetric } from '../../core/series/metric-spec.ts';
import { labelOf, roleOf, timeIndex } from '../field-role.ts';

/** What a column is read as. `open`: no value seen yet that tells number from text. */
export type ColumnRole = 'time' | 'label' | 'metric' | 'open' | 'text';

/** The header in force, with what the rows so far told of its columns. */
export interface CsvHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly roles: readonly ColumnRole[];
  /** Label name per column, null for columns that are none. */
  readonly labels: readonly (string | null)[];
  /** Bad values in a row per column of a name that is not known as a metric; three make it text. */
  readonly misses: readonly number[];
  /** Names of the `metric` and `open` columns in order: the columns of the batches. */
  readonly columns: readonly string[];
}

/** State of a CSV reading: null until a header was seen. Plain JSON. */
export interface CsvState {
  readonly header: CsvHeader | null;
}

const MISSES_TO_TEXT = 3;

/** A header from its fields; null when they are no header: a time column, at least one other, and no field that is a number. */
export function headerOf(fields: readonly string[], delimiter: string): CsvHeader | null {
  const names = uniqueNames(fields);
  const time = timeIndex(names);
  if (time < 0 || names.length < 2) return null;
  if (fields.some((field) => /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(field.trim()))) return null;
  const labels = labelColumns(names);
  const roles = names.map((name, index): ColumnRole => {
    if (index === time) return 'time';
    if (labels[index] !== null) return 'label';
    if (name === '' || roleOf(name) !== 'value') return 'text';
    return isKnownMetric(name) ? 'metric' : 'open';
  });
  return withRoles({ delimiter, names, labels, roles, misses: names.map(() => 0), columns: [] }, roles);
}

/** The header with other roles. */
export function withRoles(header: CsvHeader, roles: readonly ColumnRole[]): CsvHeader {
  const columns = header.names.filter((_, index) => roles[index] === 'metric' || roles[index] === 'open');
  return { ...header, roles, columns };
}

/** The header after a number stood in an `open` column. */
export function settleAsMetric(header: CsvHeader, column: number): CsvHeader {
  return { ...header, roles: header.roles.with(column, 'metric') };
}

/** The header after a text stood in an `open` column: it is ignored from now on. */
export function settleAsText(header: CsvHeader, column: number): CsvHeader {
  return withRoles(header, header.roles.with(column, 'text'));
}

/** The header after a text stood where numbers were: a column that is no known metric is given up after three in a row. */
export function countMiss(header: CsvHeader, column: number): CsvHeader {
  if (isKnownMetric(header.names[column]!)) return header;
  const count = header.misses[column]! + 1;
  if (count >= MISSES_TO_TEXT) return settleAsText(header, column);
  return { ...header, misses: header.misses.with(column, count) };
}

/** The header after a good line. */
export function clearMisses(header: CsvHeader): CsvHeader {
  return header.misses.every((count) => count === 0) ? header : { ...header, misses: header.misses.map(() => 0) };
}

/** The state from its JSON; null when it does not fit. */
export function restoreState(saved: unknown): CsvState | null {
  if (typeof saved !== 'object' || saved === null || !('header' in saved)) return null;
  const header = saved.header as Partial<CsvHeader> | null;
  if (header === null) return { header: null };
  const { delimiter, names, roles, labels, misses, columns } = header;
  const lists = [names, roles, labels, misses];
  const fits =
    typeof delimiter === 'string' && lists.every((list) => Array.isArray(list) && list.length === names?.length);
  return fits && Array.isArray(columns) ? { header: header as CsvHeader } : null;
}

function uniqueNames(fields: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const name = field.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

/** The label each column gives; of several columns for one label (`pipeline`, `service`) the best name wins. */
function labelColumns(names: readonly string[]): (string | null)[] {
  const labels = names.map((name) => labelOf(name));
  return labels.map((label, index) => {
    if (label === null) return null;
    const exact = names.findIndex((name) => name.toLowerCase() === label);
    return (exact >= 0 ? exact : labels.indexOf(label)) === index ? label : null;
  });
}
