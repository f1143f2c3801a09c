import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ReadingContext } from './context.ts';
import { digestOf, FINGERPRINT_BYTES } from './fingerprint.ts';
import { Stretch } from './stretch.ts';

const HEAD_BYTES = 65_536;
const NEWLINE = 0x0a;
/** One for all: thousands of files are found at once, one after the other. */
const headBuffer = new Uint8Array(HEAD_BYTES);
/** A fingerprint at least this long holds times; a shorter one may be nothing but a header that is always the same. */
const TELLING_BYTES = 128;

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

/** Text to keep for the file that is being read. */
export function checkpointOf(stretch: Stretch): string {
  return encodeCheckpoint({
    device: stretch.device,
    inode: stretch.inode,
    offsetBytes: stretch.offsetBytes,
    modifiedMs: stretch.modifiedMs,
    mode: stretch.mode,
    ended: stretch.ended,
    fingerprintBytes: stretch.fingerprint.lengthBytes,
    fingerprintDigest: stretch.fingerprint.digest(),
  });
}

/**
 * True when `next` is a copy of what was read from `last` that may have grown: a log brought over by a program that
 * writes a new file and renames it into place. Then `next` goes on where `last` stands.
 */
export function takeOver(last: Stretch, next: Stretch, file: OpenFile): boolean {
  const length = last.fingerprint.lengthBytes;
  if (length < TELLING_BYTES || next.offsetBytes > 0) return false;
  const bytes = new Uint8Array(length);
  const got = file.read(bytes, 0, length, last.offsetBytes - length);
  if (!last.fingerprint.matches(bytes, got)) return false;
  place(next, last.offsetBytes, bytes);
  next.mode = last.mode;
  next.head = last.head;
  return true;
}

function place(stretch: Stretch, offsetBytes: number, fingerprint: Uint8Array): void {
  stretch.offsetBytes = offsetBytes;
  stretch.fingerprint.take(fingerprint, fingerprint.length);
  stretch.seenBytes = Math.max(stretch.seenBytes, offsetBytes);
}

/** Places the stretch at the checkpoint when the bytes before it are still the same. */
function continues(kept: Checkpoint, stretch: Stretch, file: OpenFile, stat: FileStat): boolean {
  const same = stretch.inode === kept.inode && stretch.device === kept.device;
  if (stat.sizeBytes < kept.offsetBytes || (!same && kept.fingerprintBytes < TELLING_BYTES)) return false;
  const bytes = new Uint8Array(kept.fingerprintBytes);
  const got = file.read(bytes, 0, bytes.length, kept.offsetBytes - bytes.length);
  if (got < bytes.length || digestOf(bytes) !== kept.fingerprintDigest) return false;
  place(stretch, kept.offsetBytes, bytes);
  stretch.mode = kept.mode;
  return true;
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
