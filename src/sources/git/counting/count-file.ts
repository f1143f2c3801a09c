import type { LineCounts } from '../lines/line-counts.ts';
import { isBinary, lineCounts } from '../lines/line-counts.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { PathRule } from './job.ts';
import { BINARY, LEFT_TO_GIT } from './job.ts';

const SUBMODULE = '160000';
const NOT_COUNTED: LineCounts = { added: BINARY, deleted: BINARY };
const UNCERTAIN: LineCounts = { added: LEFT_TO_GIT, deleted: LEFT_TO_GIT };

/** Counts the lines of a file, a line of a CountingJob, from its contents; `BINARY` or `LEFT_TO_GIT` where there is no certain count. */
export function countFile(line: string, blobs: BlobStore): LineCounts {
  const [oldMode, newMode, oldId, newId, rule] = line.split(' ') as [string, string, string, string, PathRule];
  if (rule === 'git') return UNCERTAIN;
  if (rule === 'binary') return NOT_COUNTED;
  if (oldMode === SUBMODULE || newMode === SUBMODULE) return UNCERTAIN;
  const contents = blobs.readTwo(oldId, newId);
  if (contents === null) return UNCERTAIN;
  const [before, after] = contents;
  if (rule === 'auto' && (isBinary(blobs.contents, before) || isBinary(blobs.contents, after))) return NOT_COUNTED;
  return lineCounts(blobs.contents, before, after) ?? UNCERTAIN;
}
