import type { Evidence } from './verdict.ts';

/** What is said of the evidence in few words: metrics that stand for themselves or for others, and how many are left. */
export interface Named {
  readonly leads: readonly Evidence[];
  /** Failing metrics that are neither named nor said to move with one that is. */
  readonly more: number;
}

/**
 * The first `count` metrics that do not move with another one.
 *
 * @param failing metrics that fail, where there may be evidence for some of them only
 */
export function namedOf(evidence: readonly Evidence[], count: number, failing = evidence.length): Named {
  const leads = evidence.filter(({ movesAlong }) => movesAlong === undefined).slice(0, count);
  const said = leads.reduce((sum, { movesWith = 0 }) => sum + 1 + movesWith, 0);
  return { leads, more: Math.max(0, Math.max(failing, evidence.length) - said) };
}
