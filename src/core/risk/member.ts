import type { Forest } from './forest/forest.ts';
import { attributeForest, predictForest } from './forest/forest.ts';
import type { Logistic } from './logistic.ts';
import { logisticScore, termContribution } from './logistic.ts';
import { logit } from './logit.ts';

/** One part of a blend, with its share of the score; all shares sum to 1. */
export type Member =
  | { readonly kind: 'forest'; readonly weight: number; readonly forest: Forest }
  | { readonly kind: 'logistic'; readonly weight: number; readonly logistic: Logistic };

/** Weighted mean of the members' log odds; higher is riskier. */
export function blendScore(members: readonly Member[], row: Float64Array): number {
  let score = 0;
  for (const member of members) score += member.weight * memberScore(member, row);
  return score;
}

/** Log odds of each row of a data set in columns, of which there is at least one. */
export function blendScores(members: readonly Member[], columns: readonly Float64Array[]): Float64Array {
  const row = new Float64Array(columns.length);
  return Float64Array.from(columns[0]!, (_, i) => {
    for (let f = 0; f < columns.length; f++) row[f] = columns[f]![i]!;
    return blendScore(members, row);
  });
}

function memberScore(member: Member, row: Float64Array): number {
  return member.kind === 'forest' ? logit(predictForest(member.forest, row)) : logisticScore(member.logistic, row);
}

/**
 * Parts of the blend's score: bias and one contribution per feature, on the scale of log odds, summing to it.
 *
 * A forest is explained on the scale of its votes (path attribution); its contributions are then stretched by one
 * common factor so that they sum to its log odds. Sign and order stay those of the votes.
 */
export function attributeBlend(
  members: readonly Member[],
  row: Float64Array,
): { readonly bias: number; readonly contributions: Float64Array } {
  const contributions = new Float64Array(row.length);
  let bias = 0;
  for (const member of members) {
    if (member.kind === 'logistic') {
      bias += member.weight * member.logistic.intercept;
      member.logistic.terms.forEach((term, f) => {
        contributions[f]! += member.weight * termContribution(term, row[f]!);
      });
      continue;
    }
    const path = attributeForest(member.forest, row);
    const moved = path.contributions.reduce((sum, part) => sum + part, 0);
    const from = logit(path.bias);
    const to = logit(predictForest(member.forest, row));
    // Votes that come back to where they started leave nothing to stretch; the rest, if any, is the bias's.
    const stretch = Math.abs(moved) > 1e-9 ? (to - from) / moved : 0;
    bias += member.weight * (stretch === 0 ? to : from);
    path.contributions.forEach((part, f) => {
      contributions[f]! += member.weight * stretch * part;
    });
  }
  return { bias, contributions };
}
