import { resolve } from 'node:path';
import type { SourceSettings } from '../../config/global.ts';
import { findFiles, toWatchedPath } from '../../sources/file/find-files.ts';
import { TAKEN_EXTENSIONS } from '../../sources/file/names.ts';
import { createNodeFileSystem } from '../../sources/file/node-file-system.ts';
import { AssessError } from '../assess/assess-error.ts';

/** The metric logs of the configured sources, sorted. Throws AssessError where there is none. */
export function sourceFiles(sources: readonly SourceSettings[], cwd: string): readonly string[] {
  const paths = sources.flatMap((source) => source.paths.map((path) => resolve(cwd, path)));
  const found = findFiles(createNodeFileSystem(), paths.map(toWatchedPath), TAKEN_EXTENSIONS);
  const logs = [...found.files].filter(
    (path) => !/(?:^|\/)(?:deployments\.jsonl|deployment_features\.csv)$/.test(path),
  );
  if (logs.length === 0) throw new AssessError(`Expected metric logs; there are none in ${paths.join(', ')}.`);
  return logs.toSorted();
}
