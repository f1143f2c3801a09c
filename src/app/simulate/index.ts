import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRiskLog, type RiskLog } from '../../core/simulate/risk-log.ts';
import type { RiskLevel } from '../../core/simulate/risk-level.ts';
import { checkOptions, DEFAULT_START_MS, rowCountOf, type SimulateOptions } from './options.ts';
import { CSV_FORMAT, isoTime } from './row-format.ts';
import { SimulateError } from './simulate-error.ts';

/** What was written. */
export interface SimulateReport {
  readonly schemaVersion: 1;
  readonly pipeline: string;
  readonly risk: RiskLevel;
  readonly seed: number;
  readonly path: string;
  readonly rows: number;
  /** ISO times of the first and the last row; null when nothing was written. */
  readonly first: string | null;
  readonly last: string | null;
  /** ISO time of the first row in which something is wrong, and what; null and empty for `low`. */
  readonly badSince: string | null;
  readonly faults: readonly string[];
}

const CHUNK_CHARACTERS = 65_536;

/**
 * Writes `metrics_<pipeline>.csv` in the seed's format.
 *
 * @throws SimulateError when an option is out of range or the log is there already and `force` is not set
 */
export async function simulate(options: SimulateOptions): Promise<SimulateReport> {
  checkOptions(options);
  const startMs = options.startMs ?? (options.live ? options.clock.nowMs() : DEFAULT_START_MS);
  const log = createRiskLog({ ...options, startMs, rowCount: rowCountOf(options) });
  const file = path.join(options.directory, `metrics_${options.pipeline}.csv`);
  const handle = await openNew(file, options.force);
  let written: readonly number[];
  try {
    written = options.live ? await writeLive(handle, log, options) : await writeAtOnce(handle, log);
  } finally {
    await handle.close();
  }
  const first = written.at(0);
  const last = written.at(-1);
  const badSinceMs = log.firstBadMs !== null && last !== undefined && log.firstBadMs <= last ? log.firstBadMs : null;
  return {
    schemaVersion: 1,
    pipeline: options.pipeline,
    risk: options.risk,
    seed: options.seed,
    path: file,
    rows: written.length,
    first: first === undefined ? null : isoTime(first),
    last: last === undefined ? null : isoTime(last),
    badSince: badSinceMs === null ? null : isoTime(badSinceMs),
    faults: badSinceMs === null ? [] : log.faults,
  };
}

async function openNew(file: string, force: boolean): Promise<FileHandle> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    return await open(file, force ? 'w' : 'wx');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const taken = error.code === 'EEXIST' && 'path' in error && error.path === file;
    const why = taken ? 'it is there already' : error.message;
    const remedy = taken ? ': choose another --pipeline or --out, or replace it with --force' : '';
    throw new SimulateError(`${file} is not written, ${why}${remedy}.`, { cause: error });
  }
}

/** Returns the times of the rows written, oldest first. */
async function writeAtOnce(handle: FileHandle, log: RiskLog): Promise<readonly number[]> {
  const times: number[] = [];
  let text = CSV_FORMAT.header(log.columns);
  for (const row of log.rows) {
    text += CSV_FORMAT.row(log.columns, row);
    times.push(row.atMs);
    if (text.length > CHUNK_CHARACTERS) {
      await handle.appendFile(text);
      text = '';
    }
  }
  await handle.appendFile(text);
  return times;
}

/** One row at a time, each when its time has come; ends early when the signal fires. */
async function writeLive(handle: FileHandle, log: RiskLog, options: SimulateOptions): Promise<readonly number[]> {
  const times: number[] = [];
  await handle.appendFile(CSV_FORMAT.header(log.columns));
  for (const row of log.rows) {
    const waitMs = row.atMs - options.clock.nowMs();
    if (waitMs > 0) await waited(waitMs, options.signal);
    if (options.signal.aborted) break;
    await handle.appendFile(CSV_FORMAT.row(log.columns, row));
    times.push(row.atMs);
  }
  return times;
}

async function waited(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    // The signal is how a live simulation ends; anything else is an error.
    if (!signal.aborted) throw error;
  }
}
