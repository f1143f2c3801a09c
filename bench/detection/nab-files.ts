import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './read-csv.ts';

/** One file of NAB with its labelled windows, as indices. */
export interface NabFile {
  /** Such as `realTweets/Twitter_volume_AAPL.csv`. */
  readonly path: string;
  readonly rows: readonly string[];
  readonly atMs: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
  readonly probation: number;
  readonly pointsPerDay: number;
}

/** Files of a folder with `windows.json`, or of a whole checkout of NAB with `labels/combined_windows.json`. */
export function nabFiles(folder: string): readonly NabFile[] {
  const whole = existsSync(join(folder, 'labels', 'combined_windows.json'));
  const labels = whole ? join(folder, 'labels', 'combined_windows.json') : join(folder, 'windows.json');
  const data = whole ? join(folder, 'data') : folder;
  const windows = JSON.parse(readFileSync(labels, 'utf8')) as Record<string, readonly (readonly [string, string])[]>;
  return Object.entries(windows).map(([path, spans]) => {
    const file = join(data, path);
    const rows = readLines(existsSync(file) ? file : `${file}.gz`).slice(1);
    const atMs = Float64Array.from(rows, (row) => timeOf(row.slice(0, row.indexOf(','))));
    const values = Float64Array.from(rows, (row) => Number(row.slice(row.indexOf(',') + 1)));
    const intervals = atMs
      .slice(1)
      .map((at, i) => at - atMs[i]!)
      .sort();
    return {
      path,
      rows: rows.map((row) => row.trim()),
      atMs,
      values,
      windows: spans.map(([first, last]) => [atMs.indexOf(timeOf(first)), atMs.indexOf(timeOf(last))] as const),
      probation: Math.min(Math.floor(0.15 * rows.length), 750),
      pointsPerDay: 86_400_000 / intervals[intervals.length >> 1]!,
    };
  });
}

function timeOf(text: string): number {
  return Date.parse(`${text.trim().slice(0, 19).replace(' ', 'T')}Z`);
}
