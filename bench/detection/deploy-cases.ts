import { join } from 'node:path';
import { readLines } from './read-csv.ts';

/** One deployment: a KPI before and after a change. The detector is never told its name. */
export interface DeployCase {
  readonly bad: boolean;
  readonly block: string;
  readonly atMs: Float64Array;
  readonly values: Float64Array;
  /** Index of the first sample at or after the change, and the end of what is judged. */
  readonly change: number;
  readonly end: number;
}

const POST_SAMPLES = 120;

/**
 * The cases of a folder with `cases.csv`, read one at a time: together they are large.
 *
 * @yields each deployment in the order of the file
 */
export function* deployCases(folder: string): Generator<DeployCase> {
  const [header = '', ...lines] = readLines(join(folder, 'cases.csv'));
  const columns = header.trim().split(',');
  const column = (cells: readonly string[], name: string): string => cells[columns.indexOf(name)] ?? '';
  for (const line of lines) {
    const cells = line.trim().split(',');
    const rows = readLines(join(folder, column(cells, 'file'))).slice(1);
    const atMs = Float64Array.from(rows, (row) => Number(row.slice(0, row.indexOf(','))) * 1000);
    const values = Float64Array.from(rows, (row) => Number(row.slice(row.indexOf(',') + 1)));
    const changeMs = Number(column(cells, 'change_time')) * 1000;
    const found = atMs.findIndex((at) => at >= changeMs);
    const change = found < 0 ? atMs.length : found;
    const end = Math.min(atMs.length, change + POST_SAMPLES);
    const bad = column(cells, 'label') === '1';
    yield {
      bad,
      block: column(cells, 'kpi_block'),
      atMs: atMs.subarray(0, end),
      values: values.subarray(0, end),
      change,
      end,
    };
  }
}
