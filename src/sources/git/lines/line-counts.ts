import { commonHead, commonTail, countLines, lineStart } from './common-bytes.ts';
import { MOST_EDITS, editDistance } from './edit-distance.ts';
import { LineTable } from './line-table.ts';
import { nearbyEdit } from './nearby-edit.ts';
import { frequentFrom, linesToCompare, maySetAside, maySetAsideBetween } from './set-aside.ts';

/** Lines added and deleted between two contents. */
export interface LineCounts {
  readonly added: number;
  readonly deleted: number;
}

/** Git looks for a NUL byte in so much of a file to call it binary. */
const BINARY_PROBE = 8000;

/** Below, numbering the lines costs less than finding out whether a few edits suffice. */
const SHORT_BYTES = 32_768;

const table = new LineTable();
let comparedOld = new Int32Array(4096);
let comparedFresh = new Int32Array(4096);

/**
 * Lines added and deleted as git's diff counts them; null where that takes more than 512 edits of lines with a match.
 *
 * Common lines at the beginning and the end are cut off, unmatched lines left out. Of the rest git finds a shortest
 * edit as long as that is short, unless it sets aside frequent lines, which is why these may have to be counted in the
 * whole files. O(bytes + lines × edits).
 */
export function lineCounts(before: Buffer, after: Buffer): LineCounts | null {
  const head = commonHead(before, after, 0, 0);
  if (head === before.length && head === after.length) return { added: 0, deleted: 0 };
  const start = lineStart(before, head);
  const tail = commonTail(before, after, start);
  const old = before.subarray(start, before.length - tail);
  const fresh = after.subarray(start, after.length - tail);
  if (old.length === 0 || fresh.length === 0) return { added: countLines(fresh), deleted: countLines(old) };
  const edit = old.length + fresh.length < SHORT_BYTES ? null : nearbyEdit(old, fresh);
  if (edit !== null && !maySetAsideBetween(old, edit.deleted) && !maySetAsideBetween(fresh, edit.inserted)) {
    return { added: edit.inserted.length, deleted: edit.deleted.length };
  }
  table.number(old, fresh);
  if (!maySetAside(table.old, table.fresh.occurrences) && !maySetAside(table.fresh, table.old.occurrences)) {
    const counts = countEdit(Infinity, Infinity);
    // Of the unmatched lines git compares those that the common lines hold too: at most all.
    if (counts !== null && counts.added + counts.deleted <= MOST_EDITS) return counts;
  }
  const common = addCommon(before, start, tail);
  return countEdit(frequentFrom(table.old.count + common), frequentFrom(table.fresh.count + common));
}

/** Whether git would call this content binary. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, BINARY_PROBE).includes(0);
}

/** Counts the edit of what the table holds, by what is frequent for either side. */
function countEdit(frequentForOld: number, frequentForFresh: number): LineCounts | null {
  const { old, fresh } = table;
  if (comparedOld.length < old.count) comparedOld = new Int32Array(2 * old.count);
  if (comparedFresh.length < fresh.count) comparedFresh = new Int32Array(2 * fresh.count);
  const lengthOld = linesToCompare(old, fresh.occurrences, frequentForOld, comparedOld);
  const lengthFresh = linesToCompare(fresh, old.occurrences, frequentForFresh, comparedFresh);
  const edits = editDistance(comparedOld, lengthOld, comparedFresh, lengthFresh);
  if (edits === null) return null;
  const kept = (lengthOld + lengthFresh - edits) / 2;
  return { added: fresh.count - kept, deleted: old.count - kept };
}

/** Adds what the common beginning and end hold to the occurrences on both sides; answers the number of their lines. */
function addCommon(before: Buffer, head: number, tail: number): number {
  const { old, fresh } = table;
  const inCommon = new Int32Array(table.distinct);
  let lines = table.countIn(before.subarray(0, head), inCommon);
  lines += table.countIn(before.subarray(before.length - tail), inCommon);
  for (let number = 0; number < table.distinct; number++) {
    old.occurrences[number]! += inCommon[number]!;
    fresh.occurrences[number]! += inCommon[number]!;
  }
  return lines;
}
