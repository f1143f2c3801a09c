const NEWLINE = 10;
/** Contents are compared in blocks, smaller ones where they begin to differ, and the last bytes one by one. */
const STRIDES = [65_536, 2048, 128];

/** Length of the bytes that `a` from `atA` and `b` from `atB` begin with alike. */
export function commonHead(a: Buffer, b: Buffer, atA: number, atB: number): number {
  const limit = Math.min(a.length - atA, b.length - atB);
  let length = 0;
  // Mostly the first bytes tell.
  while (length < limit && length < 32 && a[atA + length] === b[atB + length]) length++;
  if (length < 32) return length;
  for (const stride of STRIDES) {
    while (
      length + stride <= limit &&
      a.compare(b, atB + length, atB + length + stride, atA + length, atA + length + stride) === 0
    ) {
      length += stride;
    }
  }
  while (length < limit && a[atA + length] === b[atB + length]) length++;
  return length;
}

/** Length of the whole lines both end with, not reaching before `start`. */
export function commonTail(a: Buffer, b: Buffer, start: number): number {
  const limit = Math.min(a.length, b.length) - start;
  let length = 0;
  for (const stride of STRIDES) {
    while (
      length + stride <= limit &&
      a.compare(b, b.length - length - stride, b.length - length, a.length - length - stride, a.length - length) === 0
    ) {
      length += stride;
    }
  }
  while (length < limit && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  // Back to where a line begins on both sides: behind a line end, or at `start` itself.
  while (length > 0 && !(beginsLine(a, a.length - length, start) && beginsLine(b, b.length - length, start))) length--;
  return length;
}

/** Beginning of the line that holds the byte before `at`, or `at` when a line begins there. */
export function lineStart(content: Buffer, at: number): number {
  let start = at;
  while (start > 0 && content[start - 1] !== NEWLINE) start--;
  return start;
}

/** Beginning of the line after the one that begins at `at`. */
export function nextLine(content: Buffer, at: number): number {
  let next = at;
  while (next < content.length && content[next] !== NEWLINE) next++;
  return Math.min(next + 1, content.length);
}

/** Lines of a content; a last line without its end counts. */
export function countLines(content: Buffer): number {
  let count = 0;
  for (let at = 0; at < content.length; at++) if (content[at] === NEWLINE) count++;
  return content.length > 0 && content[content.length - 1] !== NEWLINE ? count + 1 : count;
}

function beginsLine(content: Buffer, at: number, start: number): boolean {
  return at === start || content[at - 1] === NEWLINE;
}
