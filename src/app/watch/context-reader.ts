import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceNotice } from '../../ports/metric-source.ts';
import { createIngest, type IngestOptions } from '../ingest.ts';

type ReadingOptions = Pick<IngestOptions, 'nowMs' | 'defaultZoneOffsetMinutes'>;
type FileFound = Extract<SourceNotice, { readonly type: 'file-found' }>;

/** Read back at the least: 10 days of four metrics every 10 s, 7 of sixty metrics every minute. */
const LEAST_BYTES = 4 * 1024 * 1024;
/** As much as the source reads of a file that it meets for the first time. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Four times as much is looked at where the samples do not go back far enough. */
const GROWTH = 4;
const BLOCK_BYTES = 1024 * 1024;
/** Samples closer than this are compared with their last hour alone (`core/judge/metric-state.ts`). */
const FAST_MS = 5_000;
/** The times of the first lines are looked at in so many bytes. */
const LOOK_BYTES = 65_536;
const NEWLINE = 10;

/**
 * Reads again what an earlier session has read already: detectors need the samples before the place where reading goes
 * on, as far back as a session that reads the log for the first time would judge it, so that a restart changes nothing.
 * These rows are context, counted nowhere.
 */
export interface ContextReader {
  /** `oldestMs` is the time from which samples are judged; −Infinity where none is left out. */
  read(found: FileFound, oldestMs: number): void;
}

/** Makes a reader that gives rows as an ingest does. A file that cannot be read gives none: the source says why. */
export function createContextReader(
  options: Pick<IngestOptions, 'onRows' | 'onDeployment' | 'nowMs' | 'defaultZoneOffsetMinutes'>,
): ContextReader {
  return {
    read(found, oldestMs) {
      const { path, startsAtBytes: endBytes } = found;
      const ingest = createIngest({ ...options, parserStates: null, onIssue: ignore, onNotice: ignore });
      let begun = false;
      for (let atBytes = contextBegin(found, oldestMs, options); atBytes < endBytes;) {
        const block = linesBetween(path, atBytes, Math.min(endBytes, atBytes + BLOCK_BYTES));
        atBytes = block === null ? atBytes + BLOCK_BYTES : block.offsetBytes + block.bytes.length;
        if (block === null) continue;
        if (!begun) ingest.notice({ ...found, startsAtBytes: block.offsetBytes });
        begun = true;
        ingest.block({ path, ...block });
      }
    },
  };
}

/** The place in a file from which it is read again: where its samples are old enough, or so fast that an hour of them is compared. */
function contextBegin(found: FileFound, oldestMs: number, options: ReadingOptions): number {
  const { path, startsAtBytes: endBytes } = found;
  let fromBytes = endBytes - LEAST_BYTES;
  for (let bytes = LEAST_BYTES; fromBytes > 0 && bytes < MOST_BYTES; bytes *= GROWTH) {
    const lines = linesBetween(path, fromBytes, Math.min(endBytes, fromBytes + LOOK_BYTES));
    if (lines === null) break;
    const { first, last, rows } = timesIn(found, lines, options);
    if (first <= oldestMs || !(last - first >= FAST_MS * (rows - 1))) break;
    fromBytes = endBytes - bytes * GROWTH;
  }
  return Math.max(0, fromBytes);
}

/** Already reported by the session that read these lines for the first time. */
function ignore(): void {
  return undefined;
}

/** The complete lines between two places in a file; null where there is none. */
export function linesBetween(
  path: string,
  fromBytes: number,
  endBytes: number,
): { readonly offsetBytes: number; readonly bytes: Uint8Array } | null {
  // Whether a line begins there, the byte before tells.
  const startBytes = Math.max(0, fromBytes - 1);
  const bytes = new Uint8Array(endBytes - startBytes);
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    // Gone again between two looks: the source notices by itself.
    return null;
  }
  try {
    const length = readSync(fd, bytes, 0, bytes.length, startBytes);
    const from = startBytes === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
    const to = bytes.lastIndexOf(NEWLINE, length - 1) + 1;
    return to <= from ? null : { offsetBytes: startBytes + from, bytes: bytes.subarray(from, to) };
  } finally {
    closeSync(fd);
  }
}

/** First and last time of the samples in some lines of a file, and how many rows; Infinity and −Infinity without any. */
export function timesIn(
  found: FileFound,
  lines: { readonly offsetBytes: number; readonly bytes: Uint8Array },
  options: ReadingOptions,
): { readonly first: number; readonly last: number; readonly rows: number } {
  let [first, last, rows] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const ingest = createIngest({
    ...options,
    parserStates: null,
    onRows: (_pipeline, { atMs, rowCount }) => {
      rows += rowCount;
      for (let row = 0; row < rowCount; row += 1) {
        first = Math.min(first, atMs[row]!);
        last = Math.max(last, atMs[row]!);
      }
    },
    onDeployment: ignore,
    onIssue: ignore,
    onNotice: ignore,
  });
  ingest.notice({ ...found, startsAtBytes: lines.offsetBytes });
  ingest.block({ path: found.path, ...lines });
  return { first, last, rows };
}
