import type { StepJudge, Strategy } from '../../model/rollback.ts';
import { DEFAULT_JUDGE } from '../../plan/with-judging.ts';
import { DEFAULT_LADDER } from '../../plan/strategy-actions.ts';
import type { Dependencies } from '../../plan/dependency-order.ts';
import { STRATEGY_RULES, type StrategyRule } from './rules.ts';

/** How the way back is chosen and gone for one pipeline. */
export interface StrategySettings {
  readonly rules: readonly StrategyRule[];
  readonly ladder: readonly number[];
  readonly judge: StepJudge;
  readonly needs: Dependencies;
  /** Always this one; null = the rules choose. */
  readonly fixed: Strategy | null;
}

/** What holds when nothing is configured. */
export const DEFAULT_STRATEGY: StrategySettings = {
  rules: STRATEGY_RULES,
  ladder: DEFAULT_LADDER,
  judge: DEFAULT_JUDGE,
  needs: {},
  fixed: null,
};
