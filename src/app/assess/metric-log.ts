import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SourceSettings } from '../../config/global.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { ParseIssue, RowBatch } from '../../core/model/sample.ts';
import { pipelineOfPath } from '../../core/series/identity.ts';
import { findFiles, toWatchedPath } from '../../sources/file/find-files.ts';
import { TAKEN_EXTENSIONS } from '../../sources/file/names.ts';
import { createNodeFileSystem } from '../../sources/file/node-file-system.ts';
import { createIngest } from '../ingest.ts';
import { AssessError } from './assess-error.ts';
import { joinBatches } from './join-batches.ts';

/** The whole log of one pipeline. */
export interface MetricLog {
  readonly paths: readonly string[];
  readonly batch: RowBatch;
  readonly badLines: number;
  readonly deployments: readonly Deployment[];
}

/** Where logs were looked for, for the message when there is none. */
export interface LogSearch {
  readonly log: MetricLog | null;
  readonly looked: readonly string[];
  /** Pipelines that have a log there. */
  readonly known: readonly string[];
}

/** A log named by the operator. Rows that a label gives to another pipeline are left out. */
export function namedLog(path: string, pipeline: string, zoneOffsetMinutes: number, nowMs: number): MetricLog {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new AssessError(`Expected the metric log ${path}; it is not there.`);
  if (!facts.isFile()) throw new AssessError(`Expected a metric log; ${path} is not a regular file.`);
  return readLogs([path], pipeline, zoneOffsetMinutes, nowMs, true);
}

/** The log of a pipeline among the sources of the configuration. */
export function findLog(sources: readonly SourceSettings[], cwd: string, pipeline: string, nowMs: number): LogSearch {
  const looked = sources.flatMap((source) => source.paths.map((path) => resolve(cwd, path)));
  const files = sources.flatMap((source) => {
    const paths = source.paths.map((path) => toWatchedPath(resolve(cwd, path)));
    const found = findFiles(createNodeFileSystem(), paths, TAKEN_EXTENSIONS);
    return [...found.files].filter(isLog).map((path) => ({ path, zone: source.zoneOffsetMinutes }));
  });
  const known = [...new Set(files.map(({ path }) => pipelineOfPath(path)).filter((name) => name !== null))].toSorted();
  const own = files.filter(({ path }) => pipelineOfPath(path) === pipeline);
  const zone = own[0]?.zone ?? 0;
  const log = own.length === 0 ? null : readLogs(own.map(({ path }) => path).toSorted(), pipeline, zone, nowMs, false);
  return { log, looked, known };
}

function isLog(path: string): boolean {
  return !/(?:^|\/)(?:deployments\.jsonl|deployment_features\.csv)$/.test(path);
}

function readLogs(
  paths: readonly string[],
  pipeline: string,
  defaultZoneOffsetMinutes: number,
  nowMs: number,
  named: boolean,
): MetricLog {
  const batches: RowBatch[] = [];
  const issues: ParseIssue[] = [];
  const deployments: Deployment[] = [];
  const refused: string[] = [];
  const ingest = createIngest({
    onRows: (name, batch) => {
      // A file that the operator names is the pipeline's, whatever it is called.
      if (name === pipeline || (named && batch.labels['pipeline'] === undefined)) batches.push(batch);
    },
    onDeployment: (deployment) => {
      if (deployment.pipeline === pipeline) deployments.push(deployment);
    },
    onIssue: (issue) => issues.push(issue),
    onNotice: (notice) => {
      if (notice.type === 'refused') refused.push(`${notice.path}: ${notice.why}`);
    },
    parserStates: null,
    nowMs: () => nowMs,
    defaultZoneOffsetMinutes,
  });
  const markers = join(dirname(paths[0]!), 'deployments.jsonl');
  for (const path of [...paths, ...(existsSync(markers) ? [markers] : [])]) {
    const bytes = new Uint8Array(readFileSync(path));
    const head = bytes.subarray(0, 65_536);
    const found = {
      type: 'file-found',
      path,
      sizeBytes: bytes.length,
      modifiedMs: nowMs,
      head,
      startsAtBytes: 0,
    } as const;
    ingest.notice(found);
    if (bytes.length > 0) ingest.block({ path, offsetBytes: 0, bytes });
  }
  const batch = joinBatches(batches);
  const own = issues.filter((issue) => issue.path !== markers);
  if (batch.rowCount === 0 && refused.length > 0) throw new AssessError(`Expected a metric log; found ${refused[0]}.`);
  if (batch.rowCount === 0 && own.length > 0) throw new AssessError(`${own[0]!.path}: ${own[0]!.message}.`);
  return { paths, batch, badLines: own.length, deployments };
}
