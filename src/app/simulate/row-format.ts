/** A row as it is written: time and one value per column; null where the row has none. */
export interface WritableRow {
  readonly atMs: number;
  readonly values: readonly (number | null)[];
}

/** How a metric log is written. */
export interface RowFormat {
  /** File name extension, without the point. */
  readonly extension: 'csv' | 'jsonl' | 'logfmt';
  /** What comes before the first row, with its line end; empty where the format has no header. */
  header(columns: readonly string[]): string;
  /** One row with its line end. */
  row(columns: readonly string[], row: WritableRow): string;
}

/** The seed's format: `timestamp` and one column per metric, ISO times in UTC. */
export const CSV_FORMAT: RowFormat = {
  extension: 'csv',
  header: (columns) => `timestamp,${columns.join(',')}\n`,
  row: (_columns, row) => `${isoTime(row.atMs)},${row.values.map((value) => value ?? '').join(',')}\n`,
};

/** One JSON object a line. */
export const JSONL_FORMAT: RowFormat = {
  extension: 'jsonl',
  header: () => '',
  row: (columns, row) => {
    const fields: Record<string, string | number> = { timestamp: isoTime(row.atMs) };
    columns.forEach((column, index) => {
      const value = row.values[index] ?? null;
      if (value !== null) fields[column] = value;
    });
    return `${JSON.stringify(fields)}\n`;
  },
};

/** `key=value` pairs, as many services log them. */
export const LOGFMT_FORMAT: RowFormat = {
  extension: 'logfmt',
  header: () => '',
  row: (columns, row) => {
    const pairs = columns.flatMap((column, index) => {
      const value = row.values[index] ?? null;
      return value === null ? [] : [`${column}=${value}`];
    });
    return `timestamp=${isoTime(row.atMs)} ${pairs.join(' ')}\n`;
  },
};

/** ISO 8601 in UTC; without milliseconds where there are none. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}
