import type { Classification } from './comparison.ts';

/** One metric's result, with the groups it counts in. */
export interface ScoredMetric {
  readonly name: string;
  readonly classification: Classification;
  readonly critical: boolean;
  readonly groups: readonly string[];
}

/** Score of one group, 0..100; `hasData` false when none of its metrics had any. */
export interface GroupScore {
  readonly group: string;
  readonly score: number;
  readonly weight: number;
  readonly hasData: boolean;
}

/** What a whole comparison comes to. */
export interface SummaryScore {
  /** 0..100, two decimals. */
  readonly score: number;
  readonly groups: readonly GroupScore[];
  readonly reason: string;
}

/** Pass, Marginal or Fail; a score equal to a limit reaches it. */
export type SummaryClassification = 'Pass' | 'Marginal' | 'Fail';

/**
 * Share of passing metrics per group, weighted to a summary from 0 to 100.
 *
 * Group = 100 · Pass / (Pass + High + Low + NodataFailMetric); weights are percent, what is left over is shared by the
 * groups without one. 0 when a critical metric failed or half of the metrics or more have no data.
 * Source: spinnaker/kayenta a69573b, WeightedSumScorer.scala.
 */
export function summaryScore(
  metrics: readonly ScoredMetric[],
  groupWeights: Readonly<Record<string, number>>,
): SummaryScore {
  const groups = groupScores(metrics, groupWeights);
  const failed = metrics.filter((metric) => metric.critical && metric.classification !== 'Pass');
  if (failed.length > 0) {
    return { score: 0, groups, reason: `critical: ${failed.map(({ name }) => name).join(', ')}` };
  }
  const without = metrics.filter(({ classification }) => classification === 'Nodata').length;
  if (without * 2 >= metrics.length) {
    return { score: 0, groups, reason: `${without} of ${metrics.length} metrics have no data` };
  }
  const score = groups.reduce((sum, group) => sum + (group.score * group.weight) / 100, 0);
  return { score: Math.round(score * 100) / 100, groups, reason: 'weighted share of passing metrics' };
}

/** Which side of the limits a summary is on. */
export function classifySummary(score: number, pass: number, marginal: number): SummaryClassification {
  if (score >= pass) return 'Pass';
  return score >= marginal ? 'Marginal' : 'Fail';
}

function groupScores(
  metrics: readonly ScoredMetric[],
  groupWeights: Readonly<Record<string, number>>,
): readonly GroupScore[] {
  const names = [...new Set(metrics.flatMap(({ groups }) => groups))];
  const unweighted = names.filter((name) => groupWeights[name] === undefined);
  const given = names.reduce((sum, name) => sum + (groupWeights[name] ?? 0), 0);
  const share = unweighted.length === 0 ? 0 : (100 - given) / unweighted.length;
  return names.map((group) => {
    const judged = metrics.filter((metric) => metric.groups.includes(group) && metric.classification !== 'Nodata');
    const passing = judged.filter(({ classification }) => classification === 'Pass').length;
    const score = judged.length === 0 ? 100 : (100 * passing) / judged.length;
    return { group, score, weight: groupWeights[group] ?? share, hasData: judged.length > 0 };
  });
}
