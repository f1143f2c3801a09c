import type { Content, Contents } from '../objects/contents.ts';
import { MOST_EDITS, editDistance } from './edit-distance.ts';
import type { LineSide } from './set-aside.ts';
import { frequentFrom, linesToCompare, maySetAside } from './set-aside.ts';

/** Lines added and deleted between two contents. */
export interface LineCounts {
  readonly added: number;
  readonly deleted: number;
}

/** Git looks for a NUL byte in so much of a file to call it binary. */
const BINARY_PROBE = 8000;

/** By number of a line: how often it occurs on either side; all 0 between two comparisons. */
let inOld = new Int32Array(0);
let inFresh = new Int32Array(0);
let comparedOld = new Int32Array(4096);
let comparedFresh = new Int32Array(4096);

/**
 * Lines added and deleted as git's diff counts them; null where that takes more than 512 edits of lines with a match.
 *
 * Common lines at the beginning and the end are cut off, unmatched lines left out. Of the rest git finds a shortest
 * edit as long as that is short, unless it sets aside frequent lines, which is why these may have to be counted in the
 * whole files. O(lines × edits).
 */
export function lineCounts(contents: Contents, before: Content, after: Content): LineCounts | null {
  const { numbers } = contents;
  let start = before.first;
  let end = start + before.count;
  let freshStart = after.first;
  let freshEnd = freshStart + after.count;
  while (start < end && freshStart < freshEnd && numbers[start] === numbers[freshStart]) {
    start++;
    freshStart++;
  }
  while (start < end && freshStart < freshEnd && numbers[end - 1] === numbers[freshEnd - 1]) {
    end--;
    freshEnd--;
  }
  if (start === end || freshStart === freshEnd) return { added: freshEnd - freshStart, deleted: end - start };
  if (inOld.length < contents.lines.capacity) {
    inOld = new Int32Array(contents.lines.capacity);
    inFresh = new Int32Array(contents.lines.capacity);
  }
  const old = { numbers, start, end };
  const fresh = { numbers, start: freshStart, end: freshEnd };
  count(inOld, numbers, start, end);
  count(inFresh, numbers, freshStart, freshEnd);
  const counts = countEdited(old, fresh) ?? countFrequent(old, fresh, before);
  forget(numbers, start, end);
  forget(numbers, freshStart, freshEnd);
  return counts;
}

/** Whether git would call this content binary. */
export function isBinary(contents: Contents, content: Content): boolean {
  const { numbers, ends, lines } = contents;
  for (let i = content.first, at = 0; at < Math.min(content.length, BINARY_PROBE); at = ends[i++]!) {
    const number = numbers[i]!;
    if (!lines.hasNul(number)) continue;
    const start = lines.startOf(number);
    if (lines.text.subarray(start, Math.min(lines.endOf(number), start + BINARY_PROBE - at)).includes(0)) return true;
  }
  return false;
}

/** By the edited parts alone; null where frequency in the whole files may matter. */
function countEdited(old: LineSide, fresh: LineSide): LineCounts | null {
  if (maySetAside(old, inFresh) || maySetAside(fresh, inOld)) return null;
  const counts = countEdit(old, fresh, Infinity, Infinity);
  // Of the unmatched lines git compares those that the common lines hold too: at most all.
  return counts !== null && counts.added + counts.deleted <= MOST_EDITS ? counts : null;
}

/** By the edited parts and how frequent their lines are in the whole files. */
function countFrequent(old: LineSide, fresh: LineSide, before: Content): LineCounts | null {
  const { numbers } = old;
  const last = before.first + before.count;
  for (const counted of [inOld, inFresh]) {
    count(counted, numbers, before.first, old.start);
    count(counted, numbers, old.end, last);
  }
  const common = before.count - (old.end - old.start);
  const frequentForFresh = frequentFrom(fresh.end - fresh.start + common);
  const counts = countEdit(old, fresh, frequentFrom(before.count), frequentForFresh);
  forget(numbers, before.first, last);
  return counts;
}

/** Counts the edit by what is frequent for either side. */
function countEdit(
  old: LineSide,
  fresh: LineSide,
  frequentForOld: number,
  frequentForFresh: number,
): LineCounts | null {
  const countOld = old.end - old.start;
  const countFresh = fresh.end - fresh.start;
  if (comparedOld.length < countOld) comparedOld = new Int32Array(2 * countOld);
  if (comparedFresh.length < countFresh) comparedFresh = new Int32Array(2 * countFresh);
  const lengthOld = linesToCompare(old, inFresh, frequentForOld, comparedOld);
  const lengthFresh = linesToCompare(fresh, inOld, frequentForFresh, comparedFresh);
  const edits = editDistance(comparedOld, lengthOld, comparedFresh, lengthFresh);
  if (edits === null) return null;
  const kept = (lengthOld + lengthFresh - edits) / 2;
  return { added: countFresh - kept, deleted: countOld - kept };
}

function count(occurrences: Int32Array, numbers: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) occurrences[numbers[i]!]!++;
}

function forget(numbers: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) inOld[numbers[i]!] = inFresh[numbers[i]!] = 0;
}
