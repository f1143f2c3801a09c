import type { Deployment } from '../core/model/deployment.ts';
import type { ParseIssue, RawBlock, RowBatch } from '../core/model/sample.ts';
import { pipelineOf } from '../core/series/identity.ts';
import type { ParseOptions } from '../parsers/parser.ts';
import type { SourceNotice, SourceSink } from '../ports/metric-source.ts';
import type { OffsetStore } from '../ports/store.ts';
import { FORMAT_NAMES } from './ingest/choose-format.ts';
import { type FileProgress, FileReading } from './ingest/file-reading.ts';
import { readMarkers } from './ingest/marker-reading.ts';

export type { FileProgress } from './ingest/file-reading.ts';

/** Where rows come from. */
export interface RowsInfo {
  readonly path: string;
  /** True until the source has caught up: rows that were there at the start. */
  readonly backfill: boolean;
}

/** Where the ingest stage puts what it reads, and what it needs. Callbacks may throw: the error passes to the source. */
export interface IngestOptions {
  /** `batch` is the receiver's to keep; its `columns` array is the same object as long as a file's header stays. */
  onRows(pipeline: string, batch: RowBatch, info: RowsInfo): void;
  onDeployment(deployment: Deployment, path: string): void;
  /** At most 20 per block of a metric file; `files()` has the number of all bad lines. */
  onIssue(issue: ParseIssue): void;
  /** The source's notices, and `refused` for a file that is no metric log, once. */
  onNotice(notice: SourceNotice): void;
  /** Where the states of the parsers are kept, under `parser:<path>`; null = nowhere. */
  readonly parserStates: OffsetStore | null;
  readonly nowMs: () => number;
  readonly defaultZoneOffsetMinutes: number;
}

/** Between a source and the engine: bytes in, rows and deployments out. */
export interface Ingest extends SourceSink {
  block(block: RawBlock): void;
  /** Every file found or read, in the order in which they came. `deployments.jsonl` counts its markers as rows. */
  files(): readonly FileProgress[];
  /** Keeps the parser states that changed; done by itself on `caught-up` and at every change of a header after it. */
  save(): void;
}

const MAX_ISSUES = 20;
/** Not metrics: the marker file is read here, the features file by the risk model. */
const MARKER_FILE = 'deployments.jsonl';
const FEATURES_FILE = 'deployment_features.csv';

/** Connects a source to whatever takes rows: knows formats, headers, identities; knows nothing of detectors. */
export function createIngest(options: IngestOptions): Ingest {
  const files = new Map<string, FileReading>();
  const refused = new Set<string>();
  const unsaved = new Set<FileReading>();
  let backfill = true;

  const parseOptions = (): ParseOptions => ({
    defaultZoneOffsetMinutes: options.defaultZoneOffsetMinutes,
    nowMs: options.nowMs(),
    maxIssues: MAX_ISSUES,
  });

  function fileOf(path: string): FileReading {
    let file = files.get(path);
    if (file === undefined) {
      file = new FileReading(path);
      files.set(path, file);
    }
    return file;
  }

  function refuse(path: string, why: string): void {
    if (refused.has(path)) return;
    refused.add(path);
    options.onNotice({ type: 'refused', path, why });
  }

  function save(): void {
    const { parserStates } = options;
    const states = new Map<string, string>();
    for (const file of unsaved) {
      const checkpoint = file.checkpoint();
      if (checkpoint !== null) states.set(stateKey(file.path), checkpoint);
    }
    unsaved.clear();
    if (parserStates === null || states.size === 0) return;
    if (parserStates.saveAll !== undefined) parserStates.saveAll(states);
    else for (const [key, checkpoint] of states) parserStates.save(key, checkpoint);
  }

  function found(notice: Extract<SourceNotice, { readonly type: 'file-found' }>): void {
    if (nameOf(notice.path) === FEATURES_FILE) return;
    const file = fileOf(notice.path);
    if (nameOf(notice.path) === MARKER_FILE) {
      // What was read before a restart is announced again: the same marker is the same deployment.
      const bytes = notice.head.subarray(0, notice.startsAtBytes);
      for (const deployment of readMarkers(
        { path: notice.path, offsetBytes: 0, bytes },
        options.defaultZoneOffsetMinutes,
      ).deployments) {
        options.onDeployment(deployment, notice.path);
      }
      return;
    }
    file.begin(notice, options.parserStates?.load(stateKey(notice.path)) ?? null, parseOptions());
    unsaved.add(file);
  }

  function markers(file: FileReading, block: RawBlock): void {
    const read = readMarkers(block, options.defaultZoneOffsetMinutes);
    file.bytes += block.bytes.length;
    file.rows += read.deployments.length;
    file.badLines += read.badLines;
    for (const issue of read.issues) options.onIssue(issue);
    for (const deployment of read.deployments) options.onDeployment(deployment, block.path);
  }

  return {
    block(block) {
      const name = nameOf(block.path);
      if (name === FEATURES_FILE) return;
      const file = fileOf(block.path);
      if (name === MARKER_FILE) {
        markers(file, block);
        return;
      }
      const read = file.read(block, parseOptions());
      if (read === null) {
        refuse(block.path, `its first lines are none of the known formats: ${FORMAT_NAMES.join(', ')}`);
        return;
      }
      for (const issue of read.result.issues) options.onIssue(issue);
      for (const batch of read.result.batches) {
        const pipeline = pipelineOf(batch.labels, block.path);
        if (pipeline === null) refuse(block.path, 'a rotated log is read under its own name before it is renamed');
        else options.onRows(pipeline, batch, { path: block.path, backfill });
      }
      if (!read.changed) return;
      unsaved.add(file);
      if (!backfill) save();
    },
    notice(notice) {
      if (notice.type === 'file-found') found(notice);
      else if (notice.type === 'caught-up') {
        backfill = false;
        save();
      } else if (notice.type === 'bytes-lost') {
        const file = fileOf(notice.path);
        file.losses++;
        file.lostBytes += notice.lostBytes ?? 0;
      }
      options.onNotice(notice);
    },
    issue(issue) {
      fileOf(issue.path).badLines++;
      options.onIssue(issue);
    },
    files: () => [...files.values()].map((file) => file.progress()),
    save,
  };
}

function stateKey(path: string): string {
  return `parser:${path}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
