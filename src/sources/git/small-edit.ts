import type { LineCounts } from './line-counts.ts';

/** As in shortest-edit.ts: up to here git's edit is a shortest one. */
const MOST_EDITS = 200;

/**
 * Line counts of two small contents, whose lines are compared as numbers; null when git may count otherwise.
 *
 * Lines the other side has not got are set aside first, so that a block rewritten as a whole costs nothing.
 *
 * @param isRare whether git would certainly not leave this line out of the comparison; asked of few lines
 */
export function smallEdit(
  old: Buffer,
  fresh: Buffer,
  isRareInFresh: (line: string) => boolean,
  isRareInOld: (line: string) => boolean,
): LineCounts | null {
  const oldLines = linesOf(old);
  const freshLines = linesOf(fresh);
  const counts = { added: freshLines.length, deleted: oldLines.length };
  const inOld = new Map<string, number>();
  for (const line of oldLines) if (!inOld.has(line)) inOld.set(line, inOld.size);
  const shared = new Set(freshLines.filter((line) => inOld.has(line)));
  if (shared.size === 0) return counts;
  if (hasDoubtfulRun(oldLines, shared, isRareInFresh) || hasDoubtfulRun(freshLines, shared, isRareInOld)) return null;
  const numbers = (lines: readonly string[]): Int32Array =>
    Int32Array.from(
      lines.filter((line) => shared.has(line)),
      (line) => inOld.get(line)!,
    );
  const a = numbers(oldLines);
  const b = numbers(freshLines);
  const edits = editDistance(a, b);
  if (edits === null) return null;
  const kept = (a.length + b.length - edits) / 2;
  return { added: counts.added - kept, deleted: counts.deleted - kept };
}

/** A run of shared lines between two unshared ones in which no line is rare: git may set it aside. */
function hasDoubtfulRun(
  lines: readonly string[],
  shared: ReadonlySet<string>,
  isRare: (line: string) => boolean,
): boolean {
  let from = -1;
  for (let i = 0; i < lines.length; i++) {
    if (shared.has(lines[i]!)) continue;
    if (from !== -1 && i > from + 1) {
      let longest = lines[from + 1]!;
      for (let k = from + 2; k < i; k++) if (lines[k]!.length > longest.length) longest = lines[k]!;
      if (!isRare(longest)) return true;
    }
    from = i;
  }
  return false;
}

/** Fewest deletions and insertions to make `b` of `a` (Myers, 1986); null beyond 200. */
function editDistance(a: Int32Array, b: Int32Array): number | null {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = reach[middle + diagonal - 1]!;
      const above = reach[middle + diagonal + 1]!;
      let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return edits;
    }
  }
  return null;
}

/** Lines with their ends, one character per byte. */
function linesOf(content: Buffer): readonly string[] {
  const parts = content.toString('latin1').split('\n');
  const last = parts.pop()!;
  const whole = parts.map((part) => `${part}\n`);
  return last === '' ? whole : [...whole, last];
}
