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
  const middle = MOST_EDITS + 1;
  reach[middle + 1] = 0;
  for (let edits = Math.abs(lengthA - lengthB) > most ? most + 1 : 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = reach[middle + diagonal - 1]!;
      const above = reach[middle + diagonal + 1]!;
      let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
      while (x < lengthA && x - diagonal < lengthB && a[x] === b[x - diagonal]) x++;
      reach[middle + diagonal] = x;
      if (x >= lengthA && x - diagonal >= lengthB) return edits;
    }
  }
  return null;
}
