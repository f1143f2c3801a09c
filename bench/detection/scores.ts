import type { Contender } from './contender.ts';

/** Scores of every sample, learned one after the other; 0 where the detector cannot tell. */
export function scoresOf(contender: Contender, atMs: Float64Array, values: Float64Array): Float64Array {
  const detector = contender.create();
  const scores = new Float64Array(values.length);
  for (const [i, value] of values.entries()) {
    const score = detector.scoreOne(value, atMs[i]!);
    scores[i] = Number.isNaN(score) ? 0 : score;
    detector.learnOne(value, atMs[i]!);
  }
  return scores;
}

/** The least of the last `inARow` scores: above the limit exactly where so many in a row are. */
export function lastInARow(scores: Float64Array, inARow: number): Float64Array {
  return scores.map((_, i) => (i + 1 < inARow ? 0 : Math.min(...scores.subarray(i + 1 - inARow, i + 1))));
}
