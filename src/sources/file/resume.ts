import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { digestOf } from './fingerprint.ts';
import type { Stretch } from './stretch.ts';

/** A fingerprint at least this long holds times; a shorter one may be nothing but a header that is always the same. */
const TELLING_BYTES = 128;

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

/** Places the stretch at the checkpoint when the bytes before it are still the same. */
export function continues(kept: Checkpoint, stretch: Stretch, file: OpenFile, stat: FileStat): boolean {
  const same = stretch.inode === kept.inode && stretch.device === kept.device;
  if (stat.sizeBytes < kept.offsetBytes || (!same && kept.fingerprintBytes < TELLING_BYTES)) return false;
  const bytes = new Uint8Array(kept.fingerprintBytes);
  const got = file.read(bytes, 0, bytes.length, kept.offsetBytes - bytes.length);
  if (got < bytes.length || digestOf(bytes) !== kept.fingerprintDigest) return false;
  place(stretch, kept.offsetBytes, bytes);
  stretch.mode = kept.mode;
  return true;
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

/** Puts a stretch that was not read yet at an offset, with the bytes before it. */
export function place(stretch: Stretch, offsetBytes: number, fingerprint: Uint8Array): void {
  stretch.offsetBytes = offsetBytes;
  stretch.fingerprint.take(fingerprint, fingerprint.length);
  stretch.seenBytes = Math.max(stretch.seenBytes, offsetBytes);
}
