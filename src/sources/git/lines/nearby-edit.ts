import { commonHead, lineStart, nextLine } from './common-bytes.ts';

/** Beyond, numbering the lines is faster. */
const MOST_EDITS = 24;
const WIDTH = 2 * MOST_EDITS + 1;
const NOT_REACHED = -1;

/** Which lines go and which come, by the byte where each begins, ascending. */
export interface LineEdit {
  readonly deleted: readonly number[];
  readonly inserted: readonly number[];
}

/** Furthest points reached with each number of edits, by diagonal: where the next line begins on either side. */
const reachedA = new Int32Array(WIDTH * (MOST_EDITS + 1));
const reachedB = new Int32Array(WIDTH * (MOST_EDITS + 1));

/**
 * A shortest edit that makes `b` of `a` line by line; null beyond 24 lines.
 *
 * Works on bytes: long equal parts are compared as blocks, and no line is ever cut out or hashed. O(bytes + edits²).
 * Reference: Myers (1986), "An O(ND) difference algorithm and its variations".
 */
export function nearbyEdit(a: Buffer, b: Buffer): LineEdit | null {
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    for (let slot = 0; slot <= 2 * edits; slot += 2) {
      step(a, b, edits, slot);
      follow(a, b, edits * WIDTH + slot);
      const here = edits * WIDTH + slot;
      if (reachedA[here] === a.length && reachedB[here] === b.length) return trace(a, b, edits, slot);
    }
  }
  return null;
}

/**
 * The slot of diagonal k with d edits is k + d, so that deleting comes from slot − 2 of the edits before, inserting from
 * the same slot. Answers whether the line was deleted; false also where there is no way to this diagonal.
 */
function step(a: Buffer, b: Buffer, edits: number, slot: number): boolean {
  const here = edits * WIDTH + slot;
  if (edits === 0) {
    reachedA[0] = 0;
    reachedB[0] = 0;
    return false;
  }
  const before = here - WIDTH;
  const deleteFrom = slot >= 2 ? reachedA[before - 2]! : NOT_REACHED;
  const insertFrom = slot <= 2 * edits - 2 ? reachedA[before]! : NOT_REACHED;
  const afterDelete = deleteFrom === NOT_REACHED || deleteFrom === a.length ? NOT_REACHED : nextLine(a, deleteFrom);
  const canInsert = insertFrom !== NOT_REACHED && reachedB[before] !== b.length;
  if (!canInsert && afterDelete === NOT_REACHED) {
    reachedA[here] = NOT_REACHED;
    return false;
  }
  if (!canInsert || afterDelete > insertFrom) {
    reachedA[here] = afterDelete;
    reachedB[here] = reachedB[before - 2]!;
    return true;
  }
  reachedA[here] = insertFrom;
  reachedB[here] = nextLine(b, reachedB[before]!);
  return false;
}

/** Moves along equal lines. */
function follow(a: Buffer, b: Buffer, here: number): void {
  const atA = reachedA[here]!;
  if (atA === NOT_REACHED) return;
  const atB = reachedB[here]!;
  const equal = commonHead(a, b, atA, atB);
  if (equal === 0) return;
  const whole = atA + equal === a.length && atB + equal === b.length ? equal : lineStart(a, atA + equal) - atA;
  if (whole <= 0) return;
  reachedA[here] = atA + whole;
  reachedB[here] = atB + whole;
}

/** Goes back from the end and notes each edit. */
function trace(a: Buffer, b: Buffer, edits: number, end: number): LineEdit {
  const deleted: number[] = [];
  const inserted: number[] = [];
  let slot = end;
  for (let left = edits; left > 0; left--) {
    const before = (left - 1) * WIDTH + slot;
    if (step(a, b, left, slot)) {
      slot -= 2;
      deleted.push(reachedA[before - 2]!);
    } else inserted.push(reachedB[before]!);
  }
  return { deleted: deleted.reverse(), inserted: inserted.reverse() };
}
