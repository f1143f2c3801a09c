import type { Strategy } from '../../model/rollback.ts';
import { fits, whyImpossible } from './conditions.ts';
import { STRATEGY_RULES, type StrategyRule } from './rules.ts';
import type { Situation } from './situation.ts';

/** A strategy that was not taken, and why. */
export interface RejectedStrategy {
  readonly strategy: Strategy;
  readonly why: string;
}

/** The strategy for a situation; `strategy` is null where the platform can do none at all. */
export interface StrategyChoice {
  readonly strategy: Strategy | null;
  /** Only a person may say yes to it: the situation does not decide between the ways back. */
  readonly ask: boolean;
  /** Name of the rule that decided; null where a person did or nothing can be done. */
  readonly rule: string | null;
  /** Sentences for the dialog: why this one, then why not each of the others. */
  readonly because: readonly string[];
  readonly rejected: readonly RejectedStrategy[];
}

const ALL: readonly Strategy[] = ['full', 'blue-green', 'progressive', 'partial', 'ab'];
/** Where a person is left to choose, the least surprising of what can be done is put before them. */
const LEAST_SURPRISING: readonly Strategy[] = ['full', 'blue-green', 'progressive', 'ab', 'partial'];

/** Chooses by the table: the first rule that fits and that can be carried out. */
export function selectStrategy(situation: Situation, rules: readonly StrategyRule[] = STRATEGY_RULES): StrategyChoice {
  const passed: string[] = [];
  for (const rule of rules) {
    if (!fits(rule.when, situation)) continue;
    const strategy = rule.prefer.find((one) => whyImpossible(one, situation) === null);
    if (strategy !== undefined) return choice(strategy, rule, situation, passed);
    passed.push(`${rule.because}, but ${rule.prefer.map((one) => cannot(one, situation)).join(' and ')}`);
    if (rule.otherwise === 'ask') break;
  }
  return leftToPerson(situation, passed);
}

/** The strategy a person named; whether it can be done is still the situation's to say. */
export function namedStrategy(strategy: Strategy, situation: Situation, by: string): StrategyChoice {
  const why = whyImpossible(strategy, situation);
  if (why !== null) {
    return { strategy: null, ask: true, rule: null, because: [`${strategy} cannot be done: ${why}`], rejected: [] };
  }
  const rejected = others(strategy).map((one) => ({ strategy: one, why: `${by} chose ${strategy}` }));
  return { strategy, ask: false, rule: null, because: [`${strategy}: chosen by ${by}`], rejected };
}

function choice(
  strategy: Strategy,
  rule: StrategyRule,
  situation: Situation,
  passed: readonly string[],
): StrategyChoice {
  const rejected = others(strategy).map((one) => ({
    strategy: one,
    why: whyImpossible(one, situation) ?? whyLess(one, strategy, rule),
  }));
  return {
    strategy,
    ask: false,
    rule: rule.name,
    because: words(`${strategy}: ${rule.because}`, passed, rejected),
    rejected,
  };
}

function leftToPerson(situation: Situation, passed: readonly string[]): StrategyChoice {
  const strategy = LEAST_SURPRISING.find((one) => whyImpossible(one, situation) === null) ?? null;
  const rejected = ALL.filter((one) => one !== strategy).map((one) => ({
    strategy: one,
    why: whyImpossible(one, situation) ?? 'a person may choose it',
  }));
  const first = strategy === null ? 'there is no way back the platform can do' : `${strategy}: a person decides`;
  return { strategy, ask: true, rule: null, because: words(first, passed, rejected), rejected };
}

function words(first: string, passed: readonly string[], rejected: readonly RejectedStrategy[]): readonly string[] {
  return [first, ...passed, ...rejected.map(({ strategy, why }) => `not ${strategy}: ${why}`)];
}

function cannot(strategy: Strategy, situation: Situation): string {
  return `${strategy} cannot be done (${whyImpossible(strategy, situation) ?? ''})`;
}

function whyLess(strategy: Strategy, chosen: Strategy, rule: StrategyRule): string {
  return rule.prefer.includes(strategy) ? `${chosen} comes before it here` : 'not for such a failure';
}

function others(strategy: Strategy): readonly Strategy[] {
  return ALL.filter((one) => one !== strategy);
}
