/** Git's diff finds a shortest edit up to here: each of its two searches, from both ends, may cost 256. */
export const MOST_EDITS = 512;

const reach = new Int32Array(2 * MOST_EDITS + 3);

/**
 * Fewest deletions and insertions that make `b[0 … lengthB)` of `a[0 … lengthA)`; null beyond 512.
 *
 * O((lengthA + lengthB) × edits). Reference: Myers (1986), "An O(ND) difference algorithm and its variations".
 */
export function editDistance(a: Int32Array, lengthA: number, b: Int32Array, lengthB: number): number | null {
  const most = Math.min(lengthA + lengthB, MOST_EDITS);
  if (Math.abs(lengthA - lengthB) > most) return null;
  const middle = MOST_EDITS + 1;
  reach[middle] = commonFrom(a, lengthA, b, lengthB, 0, 0);
  if (reach[middle] === lengthA && lengthA === lengthB) return 0;
  // Diagonals of the round before; those beyond a whole side deleted or inserted lead nowhere.
  let lowest = 0;
  let highest = 0;
  for (let edits = 1; edits <= most; edits++) {
    const from = edits <= lengthB ? -edits : -lengthB + ((edits - lengthB) & 1);
    const to = edits <= lengthA ? edits : lengthA - ((edits - lengthA) & 1);
    for (let diagonal = from; diagonal <= to; diagonal += 2) {
      const deleted = diagonal > lowest ? reach[middle + diagonal - 1]! + 1 : -1;
      const inserted = diagonal < highest ? reach[middle + diagonal + 1]! : -1;
      const start = Math.max(deleted, inserted);
      const x = commonFrom(a, lengthA, b, lengthB, start, start - diagonal);
      reach[middle + diagonal] = x;
      if (x >= lengthA && x - diagonal >= lengthB) return edits;
    }
    lowest = from;
    highest = to;
  }
  return null;
}

/** Where in `a` equal lines end that begin at `x` of `a` and `y` of `b`. */
function commonFrom(a: Int32Array, lengthA: number, b: Int32Array, lengthB: number, x: number, y: number): number {
  let end = x;
  const shift = y - x;
  while (end < lengthA && end + shift < lengthB && a[end] === b[end + shift]) end++;
  return end;
}
