/**
 * The known word nearest to a mistyped one: at most a third of its letters may differ (insertions, deletions,
 * replacements and swapped neighbours count one each); null when none is near. Case does not count.
 */
export function didYouMean(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(Math.max(word.length, 3) / 3)) + 0.5;
  for (const candidate of known) {
    const far = distance(normal(word), normal(candidate));
    if (far < bestDistance) [best, bestDistance] = [candidate, far];
  }
  return best;
}

/** A sentence to hang on to an error: the near word, else all known ones. */
export function knownWords(word: string, known: readonly string[]): string {
  const near = didYouMean(word, known);
  return near === null ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
}

/** `min_samples`, `min-samples` and `minSamples` are the same word to a person. */
function normal(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

/** Damerau-Levenshtein distance with adjacent swaps (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
