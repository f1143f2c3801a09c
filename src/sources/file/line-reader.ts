import type { SourceSink } from '../../ports/metric-source.ts';
import type { OpenFile } from '../../ports/file-system.ts';
import { FINGERPRINT_BYTES } from './fingerprint.ts';
import { longLineIssue } from './long-line.ts';
import type { Stretch } from './stretch.ts';

/** "replaced": the bytes before the offset are no longer those that were read there. */
export type ReadOutcome = 'end' | 'more' | 'replaced';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** An unfinished line longer than this is not read again from its beginning at each append. */
const REREAD_BYTES = 65_536;

/**
 * Cuts files into blocks of complete lines. Looks at no byte but 0x0A.
 *
 * Every read begins with the fingerprint, so the check that the file is still the same costs no call of its own.
 * Blocks are views of one buffer: valid until `sink.block` has returned, or its promise is settled.
 */
export class LineReader {
  readonly #blockBytes: number;
  readonly #maxLineBytes: number;
  readonly #buffer: Buffer;

  /** A line longer than `maxLineBytes` is skipped as an issue; a block is never larger than that either. */
  constructor(blockBytes: number, maxLineBytes: number) {
    this.#blockBytes = Math.min(blockBytes, maxLineBytes);
    this.#maxLineBytes = maxLineBytes;
    this.#buffer = Buffer.allocUnsafeSlow(this.#blockBytes + FINGERPRINT_BYTES);
  }

  /** Reads at most one block. */
  async read(stretch: Stretch, file: OpenFile, path: string, sink: SourceSink): Promise<ReadOutcome> {
    if (stretch.pendingBytes > Math.min(REREAD_BYTES, this.#blockBytes - 1)) {
      return this.#searchLineEnd(stretch, file, path, sink);
    }
    const buffer = this.#buffer;
    const start = stretch.fingerprint.lengthBytes;
    const end = file.read(buffer, 0, start + this.#blockBytes, stretch.offsetBytes - start);
    if (!stretch.fingerprint.matches(buffer, end)) return 'replaced';
    if (end === start) return 'end';
    const full = end === start + this.#blockBytes;
    if (stretch.mode !== 'lines') return this.#skip(stretch, path, sink, start, end, full);
    const last = buffer.lastIndexOf(NEWLINE, end - 1);
    // Below `start` lies the fingerprint, and beyond it what an earlier read left.
    if (last < start) {
      stretch.pendingBytes = end - start;
      return full ? 'more' : 'end';
    }
    await this.#deliver(stretch, path, sink, buffer, last + 1 - start);
    stretch.pendingBytes = full ? 0 : end - last - 1;
    return full ? 'more' : 'end';
  }

  /** Delivers a last line that has no end, because none will come. What may follow it later is not a line. */
  async deliverUnterminated(stretch: Stretch, file: OpenFile, path: string, sink: SourceSink): Promise<void> {
    if (stretch.mode !== 'lines') return;
    const start = stretch.fingerprint.lengthBytes;
    const wanted = start + Math.max(stretch.pendingBytes, this.#blockBytes);
    const buffer = wanted <= this.#buffer.length ? this.#buffer : Buffer.allocUnsafe(wanted);
    const end = file.read(buffer, 0, wanted, stretch.offsetBytes - start);
    if (end <= start || !stretch.fingerprint.matches(buffer, end)) return;
    const terminated = buffer[end - 1] === NEWLINE;
    await this.#deliver(stretch, path, sink, buffer, end - start);
    if (!terminated) stretch.mode = 'after-unterminated';
  }

  async #deliver(stretch: Stretch, path: string, sink: SourceSink, buffer: Buffer, lengthBytes: number): Promise<void> {
    const start = stretch.fingerprint.lengthBytes;
    const held = sink.block({
      path,
      offsetBytes: stretch.offsetBytes,
      bytes: buffer.subarray(start, start + lengthBytes),
    });
    if (held !== undefined) await held;
    stretch.advance(buffer, lengthBytes);
  }

  /** Drops bytes up to and with the next line end. */
  #skip(stretch: Stretch, path: string, sink: SourceSink, start: number, end: number, full: boolean): ReadOutcome {
    const buffer = this.#buffer;
    const found = buffer.subarray(start, end).indexOf(NEWLINE);
    const dropped = found < 0 ? end - start : found + 1;
    if (stretch.mode === 'after-unterminated') {
      const ending = found < 0 ? 0 : found > 0 && buffer[start + found - 1] === CARRIAGE_RETURN ? 2 : 1;
      const lostBytes = dropped - ending;
      const why = 'a last line without an end had been taken as complete, then it went on';
      if (lostBytes > 0) sink.notice({ type: 'bytes-lost', path, lostBytes, why });
    }
    stretch.advance(buffer, dropped);
    if (found >= 0) stretch.mode = 'lines';
    return found >= 0 || full ? 'more' : 'end';
  }

  /** Goes on looking for the end of a long line behind what was searched before, then reads the line whole. */
  async #searchLineEnd(stretch: Stretch, file: OpenFile, path: string, sink: SourceSink): Promise<ReadOutcome> {
    const got = file.read(this.#buffer, 0, this.#blockBytes, stretch.offsetBytes + stretch.pendingBytes);
    const found = this.#buffer.subarray(0, got).indexOf(NEWLINE);
    const lengthBytes = stretch.pendingBytes + (found < 0 ? got : found + 1);
    if (lengthBytes > this.#maxLineBytes) {
      sink.issue(longLineIssue(stretch, file, path, this.#maxLineBytes));
      stretch.mode = 'skipping';
      stretch.pendingBytes = 0;
      return 'more';
    }
    if (found < 0) {
      stretch.pendingBytes = lengthBytes;
      return got === this.#blockBytes ? 'more' : 'end';
    }
    const start = stretch.fingerprint.lengthBytes;
    const buffer = Buffer.allocUnsafe(start + lengthBytes);
    const end = file.read(buffer, 0, buffer.length, stretch.offsetBytes - start);
    if (!stretch.fingerprint.matches(buffer, end)) return 'replaced';
    stretch.pendingBytes = 0;
    const last = buffer.subarray(0, end).lastIndexOf(NEWLINE);
    if (last >= start) await this.#deliver(stretch, path, sink, buffer, last + 1 - start);
    return 'more';
  }
}
