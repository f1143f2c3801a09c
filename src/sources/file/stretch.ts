import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import { Fingerprint, FINGERPRINT_BYTES } from './fingerprint.ts';

/**
 * What the bytes at the offset are: the beginning of a line; the rest of a line that was too long; or the rest of
 * a line that was delivered without its end.
 */
export type LineMode = 'lines' | 'skipping' | 'after-unterminated';

/**
 * One physical file that stands, or stood, at a path, and how far it was read.
 *
 * A path that is rotated by renaming is a series of stretches read one after the other.
 */
export class Stretch {
  readonly device: number;
  readonly inode: number;
  /** The path it belongs to, whatever it is called now. */
  readonly path: string;
  /** Under which name the file was last found; changes when it is renamed. */
  where: string;
  /** Beginning of the first line that was not delivered. */
  offsetBytes = 0;
  /** Bytes from the offset on that are known to hold no line end. */
  pendingBytes = 0;
  mode: LineMode = 'lines';
  readonly fingerprint = new Fingerprint();
  /** The first bytes of the file, at most 1 KiB: tells a file cut short from one written anew. */
  head: Uint8Array = new Uint8Array(0);
  /** As of the look before the last read. */
  sizeBytes = -1;
  modifiedMs = -1;
  /** Largest size seen since it was last emptied: what was seen and not delivered is a known loss. */
  seenBytes = 0;
  /** False as long as nothing was added since it was found. */
  grew = false;
  /** True when the last turn ended before the end of the file. */
  unread = true;
  /** Read to its end and gone from its path. */
  ended = false;
  /** What is found under its identity is no longer the file that was read; only for files not at the path. */
  isOver = false;
  /** Held open, so that renaming and removal take nothing away; null where handles are short. */
  handle: OpenFile | null = null;
  /** Monotonic ms of the last growth; used for files that were rotated away. */
  lastGrowthMs = 0;

  constructor(stat: Pick<FileStat, 'device' | 'inode' | 'modifiedMs'>, path: string, where = path) {
    this.device = stat.device;
    this.inode = stat.inode;
    this.modifiedMs = stat.modifiedMs;
    this.path = path;
    this.where = where;
  }

  isSameFile(stat: FileStat): boolean {
    return stat.inode === this.inode && stat.device === this.device;
  }

  isUnchanged(stat: FileStat): boolean {
    return !this.unread && stat.sizeBytes === this.sizeBytes && stat.modifiedMs === this.modifiedMs;
  }

  /** Takes note of a look, before the read that follows it. */
  note(stat: FileStat): void {
    if (this.sizeBytes >= 0 && stat.sizeBytes > this.sizeBytes) this.grew = true;
    this.sizeBytes = stat.sizeBytes;
    this.modifiedMs = stat.modifiedMs;
    this.seenBytes = Math.max(this.seenBytes, stat.sizeBytes);
  }

  /** Moves on over `buffer[..fingerprint + consumedBytes)`, which begins where the fingerprint begins. */
  advance(buffer: Uint8Array, consumedBytes: number): void {
    const before = this.fingerprint.lengthBytes;
    this.extendHead(buffer.subarray(before, before + consumedBytes), this.offsetBytes);
    this.fingerprint.take(buffer, before + consumedBytes);
    this.offsetBytes += consumedBytes;
    this.pendingBytes = 0;
    this.seenBytes = Math.max(this.seenBytes, this.offsetBytes);
  }

  /** Takes `bytes`, which stand at `positionBytes`, into the head when they continue it. */
  extendHead(bytes: Uint8Array, positionBytes: number): void {
    const have = this.head.length;
    if (have >= FINGERPRINT_BYTES || positionBytes > have || positionBytes + bytes.length <= have) return;
    const more = bytes.subarray(have - positionBytes, FINGERPRINT_BYTES - positionBytes);
    const head = new Uint8Array(have + more.length);
    head.set(this.head);
    head.set(more, have);
    this.head = head;
  }

  /** Goes on at the beginning: the file was emptied and written anew. */
  restart(): void {
    this.offsetBytes = 0;
    this.pendingBytes = 0;
    this.mode = 'lines';
    this.fingerprint.clear();
    this.head = new Uint8Array(0);
    this.seenBytes = 0;
    this.unread = true;
    this.grew = true;
  }

  /** Seen, and not delivered. */
  get undeliveredBytes(): number {
    return Math.max(0, this.seenBytes - this.offsetBytes);
  }
}
