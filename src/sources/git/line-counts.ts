import { commonHead, commonTail, countLines, lineStart, nextLine } from './common-bytes.ts';
import { shortestEdit } from './shortest-edit.ts';
import { smallEdit } from './small-edit.ts';

/** Lines added and deleted between two contents. */
export interface LineCounts {
  readonly added: number;
  readonly deleted: number;
}

/** Git looks for a NUL byte in so much of a file to call it binary. */
const BINARY_PROBE = 8000;
/** Up to here the lines that differ are cut out and compared as such; more are compared in place. */
const SMALL_BYTES = 24_000;
/** Git looks no further than 100 lines to either side for unmatched lines; a run this long holds a rare line anyway. */
const LONGEST_RUN_LINES = 200;
/** Git's limit for a frequent line is 8 in a file of 16 lines and grows with the file; fewer occurrences are always safe. */
const FREQUENT = 8;
const LINES_FOR_FREQUENT = 16;

/**
 * Lines added and deleted as git's diff counts them; null where that is not certain.
 *
 * Common lines at the beginning and the end are cut off. What remains is certain when one side is empty or when the
 * edit is short: git then finds a shortest one too, unless it leaves out a frequent line between unmatched ones.
 * O(bytes + edits²).
 */
export function certainLineCounts(before: Buffer, after: Buffer): LineCounts | null {
  const head = commonHead(before, after, 0, 0);
  if (head === before.length && head === after.length) return { added: 0, deleted: 0 };
  const start = lineStart(before, head);
  const tail = commonTail(before, after, start);
  const old = before.subarray(start, before.length - tail);
  const fresh = after.subarray(start, after.length - tail);
  if (old.length === 0 || fresh.length === 0) return { added: countLines(fresh), deleted: countLines(old) };
  if (old.length + fresh.length <= SMALL_BYTES) {
    const rareIn = (file: Buffer, own: Buffer) => (line: string) => isRare(Buffer.from(line, 'latin1'), own, file);
    return smallEdit(old, fresh, rareIn(after, before), rareIn(before, after));
  }
  const edit = shortestEdit(old, fresh);
  if (edit === null) return null;
  if (mayBeLeftOut(old, edit.deleted, before, after) || mayBeLeftOut(fresh, edit.inserted, after, before)) return null;
  return { added: edit.inserted.length, deleted: edit.deleted.length };
}

/** Whether git would call this content binary. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, BINARY_PROBE).includes(0);
}

/**
 * Whether git may leave out a line that the shortest edit keeps.
 *
 * Before it compares, git drops lines that are frequent in the other file (more often than about the square root of its
 * own number of lines) and stand in a run of such lines between lines without any match. Lines without a match are edited
 * ones, so only runs between two neighbouring edits matter, and one rare line makes a run safe.
 */
function mayBeLeftOut(side: Buffer, edited: readonly number[], ownFile: Buffer, otherFile: Buffer): boolean {
  for (let i = 1; i < edited.length; i++) {
    const from = nextLine(side, edited[i - 1]!);
    const to = edited[i]!;
    if (from < to && !hasRareLine(side, from, to, ownFile, otherFile)) return true;
  }
  return false;
}

function hasRareLine(side: Buffer, from: number, to: number, ownFile: Buffer, otherFile: Buffer): boolean {
  let longest = from;
  let length = 0;
  let seen = 0;
  for (let at = from; at < to; at = nextLine(side, at)) {
    if (++seen > LONGEST_RUN_LINES) return true;
    const own = nextLine(side, at) - at;
    if (own > length) {
      longest = at;
      length = own;
    }
  }
  return isRare(side.subarray(longest, longest + length), ownFile, otherFile);
}

/** Whether git would not call this line of `ownFile` frequent in the other file. */
function isRare(line: Buffer, ownFile: Buffer, otherFile: Buffer): boolean {
  const frequent = hasLines(ownFile, LINES_FOR_FREQUENT) ? FREQUENT : 2;
  let count = 0;
  for (let at = otherFile.indexOf(line); at !== -1; at = otherFile.indexOf(line, at + 1)) {
    if (++count >= frequent) return false;
  }
  return true;
}

function hasLines(content: Buffer, wanted: number): boolean {
  let at = 0;
  for (let lines = 0; lines < wanted && at < content.length; lines++) at = nextLine(content, at);
  return at < content.length;
}
