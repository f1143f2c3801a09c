import type { ChangedFile } from '../../core/risk/history/change.ts';
import type { Blobs } from './blobs.ts';
import type { CommitCounts } from './commit-counts.ts';
import type { FileCounts } from './commit-counts.ts';
import { certainLineCounts, isBinary } from './line-counts.ts';
import type { LogRecord, RawFile } from './log-records.ts';

const NOTHING = Buffer.alloc(0);
const NO_ID = /^0+$/;
const SUBMODULE = '160000';

/**
 * Counts the lines of one commit: from the contents where the answer is certain, else by git's own diff.
 *
 * Null when git lists other files than the log did: such a commit is left out of the history.
 */
export async function countChange(
  record: LogRecord,
  blobs: Blobs | null,
  commits: CommitCounts,
): Promise<readonly ChangedFile[] | null> {
  const own = blobs === null ? null : await ownCounts(record.files, blobs);
  const counts = own ?? (await commits.of(record.hash));
  if (counts.length !== record.files.length) return null;
  return record.files.map(({ status, oldPath, newPath }, i) => ({ status, oldPath, newPath, ...counts[i]! }));
}

async function ownCounts(files: readonly RawFile[], blobs: Blobs): Promise<readonly FileCounts[] | null> {
  if (files.some((file) => file.status === 'T' || file.oldMode === SUBMODULE || file.newMode === SUBMODULE))
    return null;
  const contents = await Promise.all(
    files.map((file) => Promise.all([content(file.oldId, blobs), content(file.newId, blobs)])),
  );
  const counts: FileCounts[] = [];
  for (const [before, after] of contents) {
    if (before === null || after === null) return null;
    if (isBinary(before) || isBinary(after)) {
      counts.push({ added: null, deleted: null });
      continue;
    }
    const certain = certainLineCounts(before, after);
    if (certain === null) return null;
    counts.push(certain);
  }
  return counts;
}

async function content(id: string, blobs: Blobs): Promise<Buffer | null> {
  return NO_ID.test(id) ? NOTHING : blobs.want(id);
}
