import type { RowBatch } from '../../core/model/sample.ts';
import type { SourceNotice } from '../../ports/metric-source.ts';
import type { IngestOptions } from '../ingest.ts';
import { linesBetween, timesIn } from './context-reader.ts';

type FileFound = Extract<SourceNotice, { readonly type: 'file-found' }>;

/** The newest sample of a log is among its last bytes. */
const TAIL_BYTES = 65_536;

/** Leaves out what lies further back in a log, at the start, than the configuration asks for. */
export interface Backlog {
  found(file: FileFound, backfillMs: number): void;
  /** From when on rows of a file are judged; −Infinity where that is not known, or none is left out. */
  oldestOf(path: string): number;
  /** The rows of a file that are to be judged: all of them where nothing is left out. */
  within(path: string, batch: RowBatch): RowBatch;
}

/** `backfill` counts from the newest sample of each file, so that a recording is read like a log that still grows. */
export function createBacklog(options: Pick<IngestOptions, 'nowMs' | 'defaultZoneOffsetMinutes'>): Backlog {
  const oldest = new Map<string, number>();
  /** Read in one block, which itself tells the newest sample: how far back each is judged. */
  const small = new Map<string, number>();
  return {
    found(file, backfillMs) {
      if (file.startsAtBytes === 0 && file.sizeBytes <= TAIL_BYTES) {
        small.set(file.path, backfillMs);
        return;
      }
      const lastMs = newestIn(file, options);
      if (lastMs !== null) oldest.set(file.path, lastMs - backfillMs);
    },
    oldestOf: (path) => oldest.get(path) ?? Number.NEGATIVE_INFINITY,
    within(path, batch) {
      const backfillMs = small.get(path);
      if (backfillMs !== undefined && batch.rowCount > 0) {
        small.delete(path);
        oldest.set(path, newestOf(batch) - backfillMs);
      }
      const fromMs = oldest.get(path);
      return fromMs === undefined ? batch : since(batch, fromMs);
    },
  };
}

function newestIn(file: FileFound, options: Parameters<typeof createBacklog>[0]): number | null {
  const lines = linesBetween(file.path, file.sizeBytes - TAIL_BYTES, file.sizeBytes);
  const { last } = lines === null ? { last: Number.NaN } : timesIn(file, lines, options);
  return Number.isFinite(last) ? last : null;
}

function newestOf({ atMs, rowCount }: RowBatch): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rowCount; row += 1) if (atMs[row]! > newest) newest = atMs[row]!;
  return newest;
}

/** The rows from a time on, in their order; the batch itself where that is all of them. */
function since(batch: RowBatch, fromMs: number): RowBatch {
  const { atMs, values, rowCount, columns } = batch;
  const width = columns.length;
  const kept: number[] = [];
  for (let row = 0; row < rowCount; row += 1) if (!(atMs[row]! < fromMs)) kept.push(row);
  if (kept.length === rowCount) return batch;
  const left = new Float64Array(kept.length * width);
  for (const [to, row] of kept.entries()) left.set(values.subarray(row * width, (row + 1) * width), to * width);
  return { ...batch, rowCount: kept.length, atMs: Float64Array.from(kept, (row) => atMs[row]!), values: left };
}
