/** One side of a comparison: lines by their numbers, those from `start` to `end`. */
export interface LineSide {
  readonly numbers: Int32Array;
  readonly start: number;
  readonly end: number;
}

/** Git looks so many lines to either side. */
const WINDOW_LINES = 100;
/** A line this frequent in the other file is frequent however long the files are. */
const ALWAYS_FREQUENT = 1024;
/** A frequent line is set aside when there are more than so many unmatched lines for each frequent one around it. */
const UNMATCHED_PER_FREQUENT = 3;

const UNMATCHED = 0;
const MATCHED = 1;
const FREQUENT = 2;

let kinds = new Uint8Array(4096);
let surplusBefore = new Float64Array(4096);

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
  const { numbers, start } = side;
  const count = side.end - start;
  if (kinds.length < count) kinds = new Uint8Array(2 * count);
  for (let i = 0; i < count; i++) {
    const found = matches[numbers[start + i]!]!;
    kinds[i] = found === 0 ? UNMATCHED : found < frequent ? MATCHED : FREQUENT;
  }
  let length = 0;
  for (let i = 0; i < count; i++) {
    if (kinds[i] === UNMATCHED || (kinds[i] === FREQUENT && isAmongUnmatched(i, count))) continue;
    compared[length++] = numbers[start + i]!;
  }
  return length;
}

/** As git decides: by the unmatched and the frequent lines around, up to the first other one, the line counting twice. */
function isAmongUnmatched(at: number, count: number): boolean {
  let unmatched = 0;
  let frequent = 2;
  for (const step of [-1, 1]) {
    const before = unmatched;
    const last = at + step * WINDOW_LINES;
    for (let i = at + step; i >= 0 && i < count && kinds[i] !== MATCHED; i += step) {
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
export function maySetAside({ numbers, start, end }: LineSide, matches: Int32Array): boolean {
  if (surplusBefore.length < end - start) surplusBefore = new Float64Array(2 * (end - start));
  let surplus = NO_UNMATCHED;
  for (let i = start; i < end; i++) {
    surplusBefore[i - start] = surplus;
    surplus = matches[numbers[i]!] === 0 ? Math.max(surplus, 0) + 1 : surplus - UNMATCHED_PER_FREQUENT;
  }
  surplus = NO_UNMATCHED;
  for (let i = end - 1; i >= start; i--) {
    const isMatched = matches[numbers[i]!] !== 0;
    if (isMatched && isSurplus(surplusBefore[i - start]! + surplus)) return true;
    surplus = isMatched ? surplus - UNMATCHED_PER_FREQUENT : Math.max(surplus, 0) + 1;
  }
  return false;
}

const NO_UNMATCHED = -Infinity;

/** Git counts the line itself twice. */
function isSurplus(unmatchedOverFrequent: number): boolean {
  return unmatchedOverFrequent > 2 * UNMATCHED_PER_FREQUENT;
}
