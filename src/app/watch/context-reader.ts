import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceNotice } from '../../ports/metric-source.ts';
import { createIngest, type IngestOptions } from '../ingest.ts';

type FileFound = Extract<SourceNotice, { readonly type: 'file-found' }>;

/** Days of a series a minute: 10 of four metrics every 10 s, 7 of sixty metrics every minute. */
const CONTEXT_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

/**
 * Reads again what an earlier session has read already: detectors need the samples before the place where reading goes
 * on. These rows are context, counted nowhere.
 */
export interface ContextReader {
  read(found: FileFound): void;
}

/** Makes a reader that gives rows as an ingest does. A file that cannot be read gives none: the source says why. */
export function createContextReader(
  options: Pick<IngestOptions, 'onRows' | 'onDeployment' | 'nowMs' | 'defaultZoneOffsetMinutes'>,
): ContextReader {
  return {
    read(found) {
      if (found.startsAtBytes === 0) return;
      const block = linesBefore(found.path, found.startsAtBytes, CONTEXT_BYTES);
      if (block === null) return;
      const ingest = createIngest({ ...options, parserStates: null, onIssue: ignore, onNotice: ignore });
      ingest.notice({ ...found, startsAtBytes: block.offsetBytes });
      ingest.block({ path: found.path, ...block });
    },
  };
}

/** Already reported by the session that read these lines for the first time. */
function ignore(): void {
  return undefined;
}

/** The complete lines in the last `mostBytes` before a place in a file; null where there is none. */
export function linesBefore(
  path: string,
  endBytes: number,
  mostBytes: number,
): { readonly offsetBytes: number; readonly bytes: Uint8Array } | null {
  const startBytes = Math.max(0, endBytes - mostBytes);
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
