import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { visibleLines } from '../../core/model/visible.ts';

const TAIL_BYTES = 65_536;
const MAX_LINES = 200;
const MAX_LINE_CHARS = 400;

/** Reads the end of a command's output, again only when it has grown. */
export interface OutputTail {
  /** The last lines: redacted, control characters visible, capped; null when nothing is new. */
  changed(): readonly string[] | null;
}

/** Follows an output file that may not exist yet and may be cut from the front. */
export function createOutputTail(path: string, redact: (text: string) => string): OutputTail {
  let seen = '';

  function changed(): readonly string[] | null {
    const fd = openOrNull(path);
    if (fd === null) return null;
    try {
      const { size, mtimeMs } = fstatSync(fd);
      if (seen === `${size}:${mtimeMs}`) return null;
      seen = `${size}:${mtimeMs}`;
      return linesOf(tailText(fd, size), redact);
    } finally {
      closeSync(fd);
    }
  }

  return { changed };
}

function linesOf(text: string, redact: (text: string) => string): readonly string[] {
  return visibleLines(redact(text), MAX_LINE_CHARS).slice(-MAX_LINES);
}

function tailText(fd: number, sizeBytes: number): string {
  const start = Math.max(0, sizeBytes - TAIL_BYTES);
  const buffer = Buffer.alloc(sizeBytes - start);
  const read = readSync(fd, buffer, 0, buffer.length, start);
  const text = buffer.subarray(0, read).toString('utf8');
  // Half a line might be half a secret.
  return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
