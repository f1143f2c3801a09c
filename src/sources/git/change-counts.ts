import type { FileCounts } from './commit-counts.ts';
import { certainLineCounts, isBinary } from './line-counts.ts';
import type { RawFile } from './log-records.ts';
import type { BlobStore } from './objects/blob-store.ts';

const NOTHING = Buffer.alloc(0);
const NO_ID = /^0+$/;
const SUBMODULE = '160000';

/** Counts the lines of one commit's files from their contents; null when not certain: then git itself must count. */
export function countFiles(files: readonly RawFile[], blobs: BlobStore): readonly FileCounts[] | null {
  const counts: FileCounts[] = [];
  for (const file of files) {
    const one = countFile(file, blobs);
    blobs.settle();
    if (one === null) return null;
    counts.push(one);
  }
  return counts;
}

function countFile(file: RawFile, blobs: BlobStore): FileCounts | null {
  if (file.status === 'T' || file.oldMode === SUBMODULE || file.newMode === SUBMODULE) return null;
  const before = content(file.oldId, blobs);
  const after = content(file.newId, blobs);
  if (before === null || after === null) return null;
  if (isBinary(before) || isBinary(after)) return { added: null, deleted: null };
  return certainLineCounts(before, after);
}

function content(id: string, blobs: BlobStore): Buffer | null {
  return NO_ID.test(id) ? NOTHING : blobs.read(id);
}
