import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Lines of a file that may be gzipped, without the empty ones. Throws the system's error when it cannot be read. */
export function readLines(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Columns of a file of numbers without a header. */
export function readColumns(path: string): readonly Float64Array[] {
  const rows = readLines(path).map((line) => line.split(',').map(Number));
  return (rows[0] ?? []).map((_, column) => Float64Array.from(rows, (row) => row[column] ?? Number.NaN));
}
