import { commonHead, lineStart, nextLine } from './common-bytes.ts';

/** Git's diff finds the shortest edit while each half costs less than 256; beyond, it may take a shortcut. */
const MOST_EDITS = 100;

/** Which lines go and which come, by the byte where each begins, ascending. */
export interface LineEdit {
  readonly deleted: readonly number[];
  readonly inserted: readonly number[];
}

/** Furthest point reached on one diagonal: where the next line begins on both sides; -1 = not reached. */
interface Front {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/**
 * A shortest edit that makes `b` of `a` line by line; null beyond 100 lines.
 *
 * Works on bytes: long equal parts are compared as blocks, and no line is ever cut out or hashed.
 * Reference: Myers (1986), "An O(ND) difference algorithm and its variations".
 */
export function shortestEdit(a: Buffer, b: Buffer): LineEdit | null {
  const fronts: Front[] = [];
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    const before = fronts[edits - 1];
    const front: Front = { a: new Int32Array(2 * edits + 1).fill(-1), b: new Int32Array(2 * edits + 1).fill(-1) };
    fronts.push(front);
    for (let slot = 0; slot <= 2 * edits; slot += 2) {
      if (!step(a, b, before, front, slot)) continue;
      follow(a, b, front, slot);
      if (front.a[slot] === a.length && front.b[slot] === b.length) return trace(a, b, fronts, slot);
    }
  }
  return null;
}

/** Slot of diagonal k among 2d + 1 is k + d; deleting comes from slot − 2 of the front before, inserting from its slot. */
function step(a: Buffer, b: Buffer, before: Front | undefined, front: Front, slot: number): boolean {
  if (before === undefined) {
    front.a[0] = 0;
    front.b[0] = 0;
    return true;
  }
  const deleteFrom = before.a[slot - 2] ?? -1;
  const insertFrom = before.a[slot] ?? -1;
  const afterDelete = deleteFrom === -1 || deleteFrom === a.length ? -1 : nextLine(a, deleteFrom);
  const canInsert = insertFrom !== -1 && before.b[slot] !== b.length;
  if (afterDelete === -1 && !canInsert) return false;
  if (!canInsert || afterDelete > insertFrom) {
    front.a[slot] = afterDelete;
    front.b[slot] = before.b[slot - 2]!;
  } else {
    front.a[slot] = insertFrom;
    front.b[slot] = nextLine(b, before.b[slot]!);
  }
  return true;
}

/** Moves along equal lines. */
function follow(a: Buffer, b: Buffer, front: Front, slot: number): void {
  const atA = front.a[slot]!;
  const atB = front.b[slot]!;
  const equal = commonHead(a, b, atA, atB);
  if (equal === 0) return;
  const whole = atA + equal === a.length && atB + equal === b.length ? equal : lineStart(a, atA + equal) - atA;
  if (whole <= 0) return;
  front.a[slot] = atA + whole;
  front.b[slot] = atB + whole;
}

/** Goes back from the end and notes each edit. */
function trace(a: Buffer, b: Buffer, fronts: readonly Front[], last: number): LineEdit {
  const deleted: number[] = [];
  const inserted: number[] = [];
  let slot = last;
  for (let edits = fronts.length - 1; edits > 0; edits--) {
    const before = fronts[edits - 1]!;
    const deleteFrom = before.a[slot - 2] ?? -1;
    const insertFrom = before.a[slot] ?? -1;
    const afterDelete = deleteFrom === -1 || deleteFrom === a.length ? -1 : nextLine(a, deleteFrom);
    const canInsert = insertFrom !== -1 && before.b[slot] !== b.length;
    if (!canInsert || afterDelete > insertFrom) {
      deleted.push(deleteFrom);
      slot -= 2;
    } else inserted.push(before.b[slot]!);
  }
  return { deleted: deleted.reverse(), inserted: inserted.reverse() };
}
