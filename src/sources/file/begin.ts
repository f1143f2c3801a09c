import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ReadingContext } from './context.ts';
import { FINGERPRINT_BYTES } from './fingerprint.ts';
import { continues, place } from './resume.ts';
import { Stretch } from './stretch.ts';

const HEAD_BYTES = 65_536;
const NEWLINE = 0x0a;
/** One for all: thousands of files are found at once, one after the other. */
const headBuffer = new Uint8Array(HEAD_BYTES);

/**
 * Decides where the reading of a path that is new to this run starts, says so in `file-found`, and returns the
 * files to read in order: usually the one at the path, before it what was rotated away since the last run.
 * Null when the file was replaced while it was looked at: look again.
 */
export function begin(context: ReadingContext, path: string, stat: FileStat, since: number): Stretch[] | null {
  const current = new Stretch(stat, path);
  const file = context.handles.open(current);
  if (file === null) return null;
  try {
    const kept = decodeCheckpoint(context.offsets?.load(path) ?? '');
    if (kept === null) {
      startAnew(context, current, file, stat.sizeBytes);
      return found(context, path, stat, [current], file);
    }
    if (continues(kept, current, file, stat)) return found(context, path, stat, [current], file);
    const older = rotatedAway(context, path, stat, kept, since);
    if (older !== null) {
      // Its header is the one that counts for what is read first.
      const oldFile = context.handles.open(older[0]!);
      const all = found(context, path, stat, [...older, current], oldFile ?? file);
      if (oldFile !== null) context.handles.release(older[0]!, oldFile);
      return all;
    }
    const all = found(context, path, stat, [current], file);
    const why = `it was emptied or replaced after byte ${kept.offsetBytes} while it was not watched`;
    if (!kept.ended) context.sink.notice({ type: 'bytes-lost', path, lostBytes: null, why });
    return all;
  } finally {
    context.handles.release(current, file);
  }
}

/** The file the checkpoint is of, under its new name, and those rotated away after it; null when it is not found. */
function rotatedAway(
  context: ReadingContext,
  path: string,
  stat: FileStat,
  kept: Checkpoint,
  since: number,
): Stretch[] | null {
  const old = new Stretch(kept, path);
  const file = context.handles.openAnywhere(old, since, kept.fingerprintBytes > 0);
  if (file === null) return null;
  const isIt = continues(kept, old, file, file.stat());
  context.handles.release(old, file);
  if (isIt) return [old, ...between(context, path, kept.modifiedMs, [old.inode], stat, since)];
  context.handles.drop(old);
  return null;
}

/** Files rotated away from `path` since `modifiedMs` and before the one now seen at it, oldest first. */
export function between(
  context: ReadingContext,
  path: string,
  modifiedMs: number,
  knownInodes: readonly number[],
  current: FileStat | null,
  since: number,
): Stretch[] {
  const rotated = context.siblings.rotatedAfter(path, modifiedMs, since);
  // The current one may have been rotated away, too, since it was seen; what came after it is found later.
  const at = rotated.findIndex((sibling) => sibling.stat.inode === current?.inode);
  return rotated
    .slice(0, at < 0 ? rotated.length : at)
    .filter((sibling) => !knownInodes.includes(sibling.stat.inode))
    .map((sibling) => new Stretch(sibling.stat, path, sibling.path));
}

/** At the beginning, or for a large file at a line within its last bytes. */
function startAnew(context: ReadingContext, stretch: Stretch, file: OpenFile, sizeBytes: number): void {
  const { limits } = context;
  if (!limits.isLarge(stretch.where, sizeBytes) || sizeBytes <= limits.backfillBytes) return;
  // One byte earlier, so that a line that begins exactly there is not dropped.
  const from = sizeBytes - limits.backfillBytes - 1;
  const bytes = new Uint8Array(limits.blockBytes);
  const got = file.read(bytes, 0, bytes.length, from);
  const lineEnd = bytes.subarray(0, got).indexOf(NEWLINE);
  if (lineEnd >= 0) {
    place(stretch, from + lineEnd + 1, bytes.slice(Math.max(0, lineEnd + 1 - FINGERPRINT_BYTES), lineEnd + 1));
  } else {
    place(stretch, from, new Uint8Array(0));
    stretch.mode = 'skipping';
  }
}

function found(
  context: ReadingContext,
  path: string,
  stat: FileStat,
  stretches: Stretch[],
  headFile: OpenFile,
): Stretch[] {
  const bytes = headBuffer;
  const got = headFile.read(bytes, 0, HEAD_BYTES, 0);
  const first = stretches[0]!;
  first.extendHead(bytes.subarray(0, Math.min(got, first.offsetBytes)), 0);
  context.sink.notice({
    type: 'file-found',
    path,
    sizeBytes: stat.sizeBytes,
    modifiedMs: stat.modifiedMs,
    head: bytes.slice(0, bytes.subarray(0, got).lastIndexOf(NEWLINE) + 1),
    startsAtBytes: first.offsetBytes,
  });
  return stretches;
}
