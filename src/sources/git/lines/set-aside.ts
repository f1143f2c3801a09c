import { nextLine } from './common-bytes.ts';
import type { LineSide } from './line-table.ts';

/** Git looks so many lines to either side. */
const WINDOW_LINES = 100;
/** A line this frequent in the other file is frequent however long the files are. */
const ALWAYS_FREQUENT = 1024;
/** A frequent line is set aside when there are more than so many unmatched lines for each frequent one around it. */
const UNMATCHED_PER_FREQUENT = 3;

const UNMATCHED = 0;
const MATCHED = 1;
const FREQUENT = 2;

/** From how many occurrences on git calls a line frequent, in comparing a file of so many lines: about their root. */
export function frequentFrom(lines: number): number {
  let root = 1;
  for (let rest = lines; rest > 0; rest >>= 2) root *= 2;
  return Math.min(root, ALWAYS_FREQUENT);
}

/**
 * The lines of one side that git compares: those with a match, without frequent ones among unmatched ones.
 *
 * An unmatched line cannot be kept anyway. A frequent line ("}", an empty one) in the middle of unmatched lines is set
 * aside too, although it has matches: there git's edit is not a shortest one.
 *
 * @param matches by number: how often a line occurs on the other side
 * @param frequent so many matches make a line frequent; Infinity = none is
 * @param compared gets the numbers of the lines, in order
 * @returns how many they are
 */
export function linesToCompare(side: LineSide, matches: Int32Array, frequent: number, compared: Int32Array): number {
  const { numbers, count } = side;
  const kinds = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const found = matches[numbers[i]!]!;
    kinds[i] = found === 0 ? UNMATCHED : found < frequent ? MATCHED : FREQUENT;
  }
  let length = 0;
  for (let i = 0; i < count; i++) {
    if (kinds[i] === UNMATCHED || (kinds[i] === FREQUENT && isAmongUnmatched(kinds, i))) continue;
    compared[length++] = numbers[i]!;
  }
  return length;
}

/** As git decides: by the unmatched and the frequent lines around, up to the first other one, the line counting twice. */
function isAmongUnmatched(kinds: Uint8Array, at: number): boolean {
  let unmatched = 0;
  let frequent = 2;
  for (const step of [-1, 1]) {
    const before = unmatched;
    const last = at + step * WINDOW_LINES;
    for (let i = at + step; i >= 0 && i < kinds.length && kinds[i] !== MATCHED; i += step) {
      if (kinds[i] === UNMATCHED) unmatched++;
      else frequent++;
      if (i === last) break;
    }
    if (unmatched === before) return false;
  }
  return UNMATCHED_PER_FREQUENT * frequent < unmatched;
}

/**
 * Whether git may set aside any line of this side, judged without knowing which lines are frequent.
 *
 * Takes every matched line as frequent and, on either side of it, the stretch with the largest surplus of unmatched
 * lines: what git really looks at is some such stretch.
 */
export function maySetAside(side: LineSide, matches: Int32Array): boolean {
  const { numbers, count } = side;
  const before = new Float64Array(count);
  let surplus = NO_UNMATCHED;
  for (let i = 0; i < count; i++) {
    before[i] = surplus;
    surplus = matches[numbers[i]!] === 0 ? Math.max(surplus, 0) + 1 : surplus - UNMATCHED_PER_FREQUENT;
  }
  surplus = NO_UNMATCHED;
  for (let i = count - 1; i >= 0; i--) {
    const isMatched = matches[numbers[i]!] !== 0;
    if (isMatched && isSurplus(before[i]! + surplus)) return true;
    surplus = isMatched ? surplus - UNMATCHED_PER_FREQUENT : Math.max(surplus, 0) + 1;
  }
  return false;
}

/**
 * The same for a side of which only the edited lines are known: all others have a match, and of the edited ones it is
 * enough to take them as unmatched.
 *
 * @param edited where the edited lines begin in `content`, ascending
 */
export function maySetAsideBetween(content: Buffer, edited: readonly number[]): boolean {
  const gaps = edited.map((at, i) =>
    i === 0 ? Infinity : linesBetween(content, nextLine(content, edited[i - 1]!), at),
  );
  const after = new Float64Array(edited.length);
  for (let i = edited.length - 1; i >= 0; i--) {
    const next = i + 1 < edited.length ? after[i + 1]! - UNMATCHED_PER_FREQUENT * gaps[i + 1]! : 0;
    after[i] = 1 + Math.max(next, 0);
  }
  let before = 0;
  for (const [i, gap] of gaps.entries()) {
    // Whichever line of the gap it is, those to its left and right are the gap's other lines.
    if (gap > 0 && isSurplus(before - UNMATCHED_PER_FREQUENT * (gap - 1) + after[i]!)) return true;
    before = 1 + Math.max(before - UNMATCHED_PER_FREQUENT * gap, 0);
  }
  return false;
}

const NO_UNMATCHED = -Infinity;

/** Git counts the line itself twice. */
function isSurplus(unmatchedOverFrequent: number): boolean {
  return unmatchedOverFrequent > 2 * UNMATCHED_PER_FREQUENT;
}

/** Lines from a line's beginning to another's, counted up to what makes no difference any more. */
function linesBetween(content: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to && count < WINDOW_LINES; at = nextLine(content, at)) count++;
  return count;
}
