import { STRATEGY_RULES, type StrategyRule } from './rules.ts';

/** The table with a config's rules: one of a known name takes its place, the others come first, in their order. */
export function withRules(
  own: readonly StrategyRule[],
  table: readonly StrategyRule[] = STRATEGY_RULES,
): readonly StrategyRule[] {
  const known = new Set(table.map(({ name }) => name));
  const replaced = new Map(own.filter(({ name }) => known.has(name)).map((rule) => [rule.name, rule]));
  return [...own.filter(({ name }) => !known.has(name)), ...table.map((rule) => replaced.get(rule.name) ?? rule)];
}
