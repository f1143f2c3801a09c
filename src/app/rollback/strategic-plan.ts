import { namedStrategy, selectStrategy, type StrategyChoice } from '../../core/decide/strategy/select.ts';
import { situationOf, type Situation } from '../../core/decide/strategy/situation.ts';
import { DEFAULT_STRATEGY, type StrategySettings } from '../../core/decide/strategy/settings.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Plan, Strategy } from '../../core/model/rollback.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { PlanFault } from '../../core/plan/plan-fault.ts';
import { strategyActions } from '../../core/plan/strategy-actions.ts';
import { withJudging } from '../../core/plan/with-judging.ts';
import { PLAIN_ABILITIES, PlanError, type Platform, type PlanRequest } from '../../ports/platform.ts';

/** What the strategy of a plan follows from; absent parts are not known. */
export interface PlanAbout {
  readonly verdict?: Verdict | null;
  readonly risk?: Risk | null;
  /** Chosen by a person. */
  readonly strategy?: Strategy;
  readonly chosenBy?: string;
  /** What the review of the deployment found, and what of it blocks by policy. */
  readonly notUndone?: readonly string[];
  readonly blockedBy?: readonly string[];
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
): Plan {
  const abilities = platform.abilities?.() ?? PLAIN_ABILITIES;
  const situation = situationFor(about, abilities);
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
      notUndone: [...new Set([...plan.notUndone, ...(about.notUndone ?? [])])],
      ...(about.blockedBy === undefined || about.blockedBy.length === 0 ? {} : { blockedBy: about.blockedBy }),
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

function situationFor(about: PlanAbout, abilities: Situation['abilities']): Situation {
  const { verdict = null, risk = null, notUndone = [], blamed = [], components = [] } = about;
  const seen = verdict ?? NOTHING_SEEN;
  return situationOf(seen, { abilities, risk, notUndone, blamed, components });
}

/** A person asks for a rollback of which nothing bad is known: nothing is severe, and nothing is sure. */
const NOTHING_SEEN = { evidence: [], confidence: 1, health: { value: null, confidence: 0, parts: [] } } as const;

function chosen(situation: Situation, about: PlanAbout, settings: StrategySettings): StrategyChoice {
  if (about.strategy !== undefined) return namedStrategy(about.strategy, situation, about.chosenBy ?? 'a person');
  if (settings.fixed !== null) return namedStrategy(settings.fixed, situation, 'the configuration');
  return selectStrategy(situation, settings.rules);
}
