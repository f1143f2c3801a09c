/** Lines added and deleted between two contents. */
export interface LineCounts {
  readonly added: number;
  readonly deleted: number;
}

const NEWLINE = 10;
const STRIDE = 16_384;
/** Git looks for a NUL byte in so much of a file to call it binary. */
const BINARY_PROBE = 8000;
/** Beyond so many lines a common line is likely, and looking for one costs more than it saves. */
const MOST_LINES = 4000;

/**
 * Lines added and deleted, where every diff algorithm must agree; null where they might not.
 *
 * They must when, between the common lines at the beginning and those at the end, one side is empty or both have no
 * line in common. That is nearly every change; the others are left to git itself. O(bytes).
 */
export function certainLineCounts(before: Uint8Array, after: Uint8Array): LineCounts | null {
  const head = commonHead(before, after);
  if (head === before.length && head === after.length) return { added: 0, deleted: 0 };
  const start = lineStart(before, head);
  const tail = commonTail(before, after, start);
  const old = before.subarray(start, before.length - tail);
  const fresh = after.subarray(start, after.length - tail);
  const counts = { added: countLines(fresh), deleted: countLines(old) };
  if (counts.added === 0 || counts.deleted === 0) return counts;
  if (counts.added + counts.deleted > MOST_LINES) return null;
  const known = new Set(lines(old));
  return lines(fresh).some((line) => known.has(line)) ? null : counts;
}

/** Whether git would call this content binary. */
export function isBinary(content: Uint8Array): boolean {
  return content.subarray(0, BINARY_PROBE).includes(0);
}

/** Lines of a content; a last line without its end counts. */
export function countLines(content: Uint8Array): number {
  let count = 0;
  for (let at = content.indexOf(NEWLINE); at !== -1; at = content.indexOf(NEWLINE, at + 1)) count++;
  return content.length > 0 && content[content.length - 1] !== NEWLINE ? count + 1 : count;
}

/** Length of the bytes both begin with. */
function commonHead(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + STRIDE <= limit && Buffer.compare(a.subarray(at, at + STRIDE), b.subarray(at, at + STRIDE)) === 0) {
    at += STRIDE;
  }
  while (at < limit && a[at] === b[at]) at++;
  return at;
}

/** Length of the whole lines both end with, not reaching before `start`. */
function commonTail(a: Uint8Array, b: Uint8Array, start: number): number {
  const limit = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length + STRIDE <= limit && sameTailBlock(a, b, length)) length += STRIDE;
  while (length < limit && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  // Back to where a line begins on both sides: behind a line end, or at `start` itself.
  while (length > 0 && !(beginsLine(a, a.length - length, start) && beginsLine(b, b.length - length, start))) length--;
  return length;
}

function sameTailBlock(a: Uint8Array, b: Uint8Array, length: number): boolean {
  const left = a.subarray(a.length - length - STRIDE, a.length - length);
  return Buffer.compare(left, b.subarray(b.length - length - STRIDE, b.length - length)) === 0;
}

function beginsLine(content: Uint8Array, at: number, start: number): boolean {
  return at === start || content[at - 1] === NEWLINE;
}

/** Beginning of the line that holds the byte before `at`, or `at` when it is one. */
function lineStart(content: Uint8Array, at: number): number {
  return at === 0 ? 0 : content.lastIndexOf(NEWLINE, at - 1) + 1;
}

/** Lines with their ends, one character per byte. */
function lines(content: Uint8Array): readonly string[] {
  const parts = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1').split('\n');
  const last = parts.pop()!;
  const whole = parts.map((part) => `${part}\n`);
  return last === '' ? whole : [...whole, last];
}
