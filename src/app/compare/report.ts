import { AssessError } from '../assess/assess-error.ts';
import type { Comparison, ComparisonInput } from '../../core/judge/compare/comparison.ts';
import { JUDGES, type JudgeName } from '../../core/judge/compare/judges.ts';
import {
  classifySummary,
  summaryScore,
  type GroupScore,
  type SummaryClassification,
} from '../../core/judge/compare/score.ts';

/** One metric to compare. */
export interface NamedInput {
  readonly name: string;
  readonly groups: readonly string[];
  readonly input: ComparisonInput;
}

/** How metrics become one score. */
export interface Scoring {
  /** Percent per group; what is left is shared by the others. */
  readonly groupWeights: Readonly<Record<string, number>>;
  /** Scores from which on the whole is Pass, and Marginal. */
  readonly pass: number;
  readonly marginal: number;
}

export interface ComparedMetric {
  readonly name: string;
  readonly groups: readonly string[];
  readonly result: Comparison;
}

/** All metrics compared and scored. `Nodata` = no metric could be compared. */
export interface CompareReport {
  readonly classification: SummaryClassification | 'Nodata';
  readonly score: number;
  readonly reason: string;
  readonly groups: readonly GroupScore[];
  readonly metrics: readonly ComparedMetric[];
}

/** Kayenta's advice for the limits of the score. */
export const DEFAULT_SCORING: Scoring = { groupWeights: {}, pass: 95, marginal: 75 };

/**
 * Compares every metric with one judge and scores them together; what failed stands first.
 *
 * @throws AssessError for a weight of a group that no metric is in, or weights of more than 100 percent
 */
export function compareAll(metrics: readonly NamedInput[], judge: JudgeName, scoring: Scoring): CompareReport {
  checkWeights(scoring.groupWeights, [...new Set(metrics.flatMap(({ groups }) => groups))]);
  const compared = metrics.map(({ name, groups, input }) => ({ name, groups, result: JUDGES[judge].compare(input) }));
  const scored = compared.map(({ name, groups, result: { classification, critical } }) => {
    return { name, groups, classification, critical };
  });
  const { score, groups, reason } = summaryScore(scored, scoring.groupWeights);
  const unknown = compared.every(({ result }) => result.classification === 'Nodata' && !result.critical);
  return {
    classification: unknown ? 'Nodata' : classifySummary(score, scoring.pass, scoring.marginal),
    score,
    reason,
    groups,
    metrics: compared.toSorted((a, b) => urgency(b.result) - urgency(a.result)),
  };
}

function checkWeights(weights: Scoring['groupWeights'], groups: readonly string[]): void {
  for (const group of Object.keys(weights)) {
    if (!groups.includes(group))
      throw new AssessError(`No metric is in the group ${group} that has a weight; there are ${groups.join(', ')}.`);
  }
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  const isAll = groups.every((group) => weights[group] !== undefined);
  if (sum > 100 || (isAll && sum !== 100))
    throw new AssessError(`Expected weights that are 100 percent together; they are ${sum}.`);
}

function urgency({ classification, critical }: Comparison): number {
  const order = { Pass: 0, Nodata: 1, NodataFailMetric: 2, Low: 3, High: 3 } as const;
  return order[classification] + (critical ? 10 : 0);
}
