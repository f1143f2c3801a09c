import { readFileSync, statSync } from 'node:fs';
import type { RowBatch } from '../../core/model/sample.ts';
import { AssessError } from '../assess/assess-error.ts';
import { joinBatches } from '../assess/join-batches.ts';
import { createIngest } from '../ingest.ts';

/** What a run over whole files needs besides them. */
export interface LogReading {
  readonly zoneOffsetMinutes: number;
  readonly nowMs: number;
}

/**
 * All rows of some metric logs by pipeline, in any format rollwatch reads.
 *
 * @throws AssessError for a file that is not there, is no file, or has no row that can be read
 */
export function readLogs(paths: readonly string[], reading: LogReading): ReadonlyMap<string, RowBatch> {
  const batches = new Map<string, RowBatch[]>();
  for (const path of paths) {
    const before = [...batches.values()].reduce((sum, list) => sum + list.length, 0);
    const why = readOne(path, reading, (pipeline, batch) => {
      batches.set(pipeline, [...(batches.get(pipeline) ?? []), batch]);
    });
    const after = [...batches.values()].reduce((sum, list) => sum + list.length, 0);
    if (after === before) throw new AssessError(`Expected a metric log; ${path} has no row: ${why}.`);
  }
  return new Map([...batches].map(([pipeline, list]) => [pipeline, joinBatches(list)]));
}

/** Gives the rows of a file on; says why there may be none. */
function readOne(path: string, reading: LogReading, onRows: (pipeline: string, batch: RowBatch) => void): string {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new AssessError(`Expected the metric log ${path}; it is not there.`);
  if (!facts.isFile()) throw new AssessError(`Expected a metric log; ${path} is not a regular file.`);
  let why = facts.size === 0 ? 'it is empty' : 'there is nothing below its header line';
  const ingest = createIngest({
    onRows: (pipeline, batch) => {
      if (batch.rowCount > 0) onRows(pipeline, batch);
    },
    onDeployment: () => {
      why = 'it holds deploy markers';
    },
    onIssue: ({ message }) => {
      why = message;
    },
    onNotice: (notice) => {
      if (notice.type === 'refused') why = notice.why;
    },
    parserStates: null,
    nowMs: () => reading.nowMs,
    defaultZoneOffsetMinutes: reading.zoneOffsetMinutes,
  });
  const bytes = new Uint8Array(readFileSync(path));
  ingest.notice({
    type: 'file-found',
    path,
    sizeBytes: bytes.length,
    modifiedMs: reading.nowMs,
    head: bytes.subarray(0, 65_536),
    startsAtBytes: 0,
  });
  if (bytes.length > 0) ingest.block({ path, offsetBytes: 0, bytes });
  return why;
}
