import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFileSource } from '../../src/sources/file/index.ts';
import { createVerdicts } from './verdicts.ts';

/** Latency from the append of a row to the verdict that knows it, in milliseconds. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly samples: number;
}

const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate,written_at\n';
/** Rows of the first second are not counted: functions are still being compiled. */
const WARM_UP_MS = 1000;

/** Watches so many files that grow by a row a second each, written by another process. Throws when a row is lost. */
export async function measureLatency(folder: string, fileCount: number, seconds: number): Promise<Latency> {
  mkdirSync(folder);
  for (let file = 0; file < fileCount; file++) writeFileSync(join(folder, `metrics_p${file}.csv`), HEADER);
  const latencies: number[] = [];
  let read = 0;
  const sinceMs = performance.timeOrigin + performance.now() + WARM_UP_MS;
  const verdicts = createVerdicts((batch) => {
    const now = performance.timeOrigin + performance.now();
    const column = batch.columns.indexOf('written_at');
    for (let row = 0; row < batch.rowCount; row++) {
      const written = batch.values[row * batch.columns.length + column]!;
      read++;
      if (written > sinceMs) latencies.push(now - written);
    }
  });
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const source = createFileSource({ paths: [folder], clock });
  await source.start(verdicts.ingest);
  const writer = join(import.meta.dirname, 'append-rows.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [writer, folder, String(seconds)]);
  await source.stop();
  if (read !== Number(stdout)) throw new Error(`${read} of ${stdout.trim()} rows were read`);
  const sorted = latencies.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
  return { p50Ms: quantile(0.5), p99Ms: quantile(0.99), samples: sorted.length };
}
