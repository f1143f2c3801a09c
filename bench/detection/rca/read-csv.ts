import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Rows of a CSV file without quotes, gunzipped when its name ends in `.gz`. */
export function readCsv(path: string): readonly (readonly string[])[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}

/** A cell as a number; NaN when it is empty. */
export function cellNumber(cell: string | undefined): number {
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell);
}
