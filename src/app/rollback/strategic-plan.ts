import { namedStrategy, selectStrategy, type StrategyChoice } from '../../core/decide/strategy/select.ts';
import { situationOf, type Situation } from '../../core/decide/strategy/situation.ts';
import { DEFAULT_STRATEGY, type StrategySettings } from '../../core/decide/strategy/settings.ts';
import type { LeftBehind } from '../../core/model/findings.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Plan, Strategy } from '../../core/model/rollback.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { PlanFault } from '../../core/plan/plan-fault.ts';
import { strategyActions } from '../../core/plan/strategy-actions.ts';
import { withJudging } from '../../core/plan/with-judging.ts';
import { PLAIN_ABILITIES, PlanError, type Platform, type PlanRequest } from '../../ports/platform.ts';
import { BLOCK_NOTHING, blocking, type BlockPolicy } from './blocking.ts';

/** What the strategy of a plan follows from; absent parts are not known. */
export interface PlanAbout {
  readonly verdict?: Verdict | null;
  readonly risk?: Risk | null;
  /** Chosen by a person. */
  readonly strategy?: Strategy;
  readonly chosenBy?: string;
  /** What the rollback will not undo, what could not be looked at, and what was. */
  readonly left?: readonly LeftBehind[];
  readonly doubts?: readonly string[];
  readonly lookedAt?: readonly string[];
  /** Share of the traffic an earlier attempt has brought back already. */
  readonly servedPercent?: number;
  readonly blamed?: readonly string[];
  readonly components?: readonly string[];
}

/**
 * The plan with the strategy the situation calls for, its steps and its reasons. Spawns nothing.
 *
 * @throws PlanError with a sentence for the operator.
 */
export function strategicPlan(
  platform: Platform,
  request: PlanRequest,
  about: PlanAbout = {},
  settings: StrategySettings = DEFAULT_STRATEGY,
  policy: BlockPolicy = BLOCK_NOTHING,
): Plan {
  const abilities = platform.abilities?.() ?? PLAIN_ABILITIES;
  const { notUndone, blockedBy } = blocking(about.left ?? [], policy);
  const situation = situationFor(about, notUndone, abilities, request.fromVersion);
  const choice = chosen(situation, about, settings);
  if (choice.strategy === null) throw new PlanError(choice.because.join('; '));
  const plan = platform.plan({ ...request, strategy: choice.strategy, actions: actionsFor(choice.strategy) });
  return withJudging(
    {
      ...plan,
      factsCommand: platform.factsReader?.(request.pipeline, request.environment) ?? null,
      strategy: choice.strategy,
      strategyBecause: choice.because,
      ...(choice.ask ? { needsPerson: choice.because[0]! } : {}),
      notUndone: [...new Set([...plan.notUndone, ...notUndone])],
      ...given({ blockedBy, doubts: about.doubts, lookedAt: about.lookedAt }),
    },
    settings.judge,
  );

  function actionsFor(strategy: Strategy) {
    try {
      return strategyActions(strategy, {
        abilities,
        ladder: settings.ladder,
        servedPercent: about.servedPercent ?? 0,
        components: about.blamed ?? [],
        needs: settings.needs,
      });
    } catch (error) {
      if (error instanceof PlanFault) throw new PlanError(error.message, { cause: error });
      throw error;
    }
  }
}

/** Without the lists that are empty. */
function given(lists: Readonly<Record<string, readonly string[] | undefined>>): Partial<Plan> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0));
}

function situationFor(
  about: PlanAbout,
  notUndone: readonly string[],
  abilities: Situation['abilities'],
  fromVersion: string,
): Situation {
  const { verdict = null, risk = null, blamed = [], components = [] } = about;
  const seen = verdict ?? NOTHING_SEEN;
  return situationOf(seen, { abilities, risk, notUndone, blamed, components, fromVersion });
}

/** A person asks for a rollback of which nothing bad is known: nothing is severe, and nothing is sure. */
const NOTHING_SEEN = { evidence: [], confidence: 1, health: { value: null, confidence: 0, parts: [] } } as const;

function chosen(situation: Situation, about: PlanAbout, settings: StrategySettings): StrategyChoice {
  if (about.strategy !== undefined) return namedStrategy(about.strategy, situation, about.chosenBy ?? 'a person');
  if (settings.fixed !== null) return namedStrategy(settings.fixed, situation, 'the configuration');
  return selectStrategy(situation, settings.rules);
}
