import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import type { SourceSink } from '../../ports/metric-source.ts';
import type { Stretch } from './stretch.ts';

const NEWLINE = 0x0a;

/** The file is smaller than it was seen to be: emptied and written anew, or its end was cut off. */
export function shrink(sink: SourceSink, path: string, stretch: Stretch, stat: FileStat, file: OpenFile): void {
  if (stat.sizeBytes >= stretch.offsetBytes) {
    // Only an unfinished line was cut; if more happened, the fingerprint tells at the next read.
    const lostBytes = stretch.seenBytes - stat.sizeBytes;
    const why = 'the file was cut inside a line that had no end yet';
    if (stretch.mode === 'lines') sink.notice({ type: 'bytes-lost', path, lostBytes, why });
    stretch.seenBytes = stat.sizeBytes;
    stretch.pendingBytes = 0;
    stretch.unread = true;
  } else if (isCutShort(stretch, stat, file)) {
    cutTo(sink, path, stretch, stat, file);
  } else {
    startAgain(sink, path, stretch);
  }
}

/** The file was emptied: reading goes on at its beginning. What was seen and not delivered is lost. */
export function startAgain(sink: SourceSink, path: string, stretch: Stretch): void {
  const lostBytes = stretch.mode === 'lines' ? stretch.undeliveredBytes : 0;
  const why = 'the file was emptied before they could be read';
  if (lostBytes > 0) sink.notice({ type: 'bytes-lost', path, lostBytes, why });
  stretch.restart();
  sink.notice({ type: 'file-rotated', path });
}

/** True when what is left is the beginning of what was read. A header alone proves nothing: a new file has it too. */
function isCutShort(stretch: Stretch, stat: FileStat, file: OpenFile): boolean {
  const length = Math.min(stretch.head.length, stat.sizeBytes);
  const head = stretch.head.subarray(0, length);
  const lines = head.indexOf(NEWLINE) >= 0 ? head.subarray(head.indexOf(NEWLINE) + 1).indexOf(NEWLINE) : -1;
  if (lines < 0) return false;
  const bytes = new Uint8Array(length);
  return file.read(bytes, 0, length, 0) === length && Buffer.compare(bytes, head) === 0;
}

/** Goes on at the new end; when that is inside a line that was delivered, the rest of that line is not one. */
function cutTo(sink: SourceSink, path: string, stretch: Stretch, stat: FileStat, file: OpenFile): void {
  const undelivered = stretch.mode === 'lines' ? stretch.undeliveredBytes : 0;
  const why = 'the end of the file was cut off before it could be read';
  if (undelivered > 0) sink.notice({ type: 'bytes-lost', path, lostBytes: undelivered, why });
  const bytes = new Uint8Array(Math.min(stat.sizeBytes, 1024));
  file.read(bytes, 0, bytes.length, stat.sizeBytes - bytes.length);
  stretch.offsetBytes = stat.sizeBytes;
  stretch.fingerprint.take(bytes, bytes.length);
  stretch.head = stretch.head.subarray(0, Math.min(stretch.head.length, stat.sizeBytes));
  stretch.seenBytes = stat.sizeBytes;
  stretch.pendingBytes = 0;
  stretch.mode = bytes.at(-1) === NEWLINE ? 'lines' : 'after-unterminated';
  stretch.unread = true;
}
