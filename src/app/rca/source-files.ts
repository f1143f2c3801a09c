import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceSettings } from '../../config/global.ts';
import { findFiles, toWatchedPath } from '../../sources/file/find-files.ts';
import { TAKEN_EXTENSIONS } from '../../sources/file/names.ts';
import { createNodeFileSystem } from '../../sources/file/node-file-system.ts';
import { AssessError } from '../assess/assess-error.ts';

/** The metric logs of the configured sources, sorted. Throws AssessError where there is none. */
export function sourceFiles(sources: readonly SourceSettings[], cwd: string): readonly string[] {
  return logsIn(sources.flatMap((source) => source.paths.map((path) => resolve(cwd, path))));
}

/**
 * The metric logs of folders, files or patterns that a person gave, sorted.
 *
 * @throws AssessError where there is none, or one of the paths is not there
 */
export function filesIn(given: readonly string[], cwd: string): readonly string[] {
  const paths = given.map((path) => resolve(cwd, path));
  const missing = paths.find((path) => !toWatchedPath(path).pattern && !existsSync(path));
  if (missing !== undefined) throw new AssessError(`Expected the metric log ${missing}; it is not there.`);
  return logsIn(paths);
}

function logsIn(paths: readonly string[]): readonly string[] {
  const found = findFiles(createNodeFileSystem(), paths.map(toWatchedPath), TAKEN_EXTENSIONS);
  const logs = [...found.files].filter(
    (path) => !/(?:^|\/)(?:deployments\.jsonl|deployment_features\.csv)$/.test(path),
  );
  if (logs.length === 0) throw new AssessError(`Expected metric logs; there are none in ${paths.join(', ')}.`);
  return logs.toSorted();
}
