import type { Strategy } from '../../model/rollback.ts';
import { TRAFFIC_FOR_STEPS, type RuleCondition } from './rules.ts';
import type { Situation } from './situation.ts';

/** True when every condition that is given holds. */
export function fits(when: RuleCondition, situation: Situation): boolean {
  const { blastRadius, trafficPerMinute, blamed, components } = situation;
  const some = blamed.length > 0 && blamed.length < components.length;
  return (
    (when.failure?.includes(situation.failure) ?? true) &&
    (when.severity?.includes(situation.severity) ?? true) &&
    (when.blastRadiusAtLeast === undefined || (blastRadius !== null && blastRadius >= when.blastRadiusAtLeast)) &&
    (when.confidenceBelow === undefined || situation.confidence < when.confidenceBelow) &&
    (when.trafficBelow === undefined || (trafficPerMinute !== null && trafficPerMinute < when.trafficBelow)) &&
    (when.risk === undefined || (situation.risk !== null && when.risk.includes(situation.risk))) &&
    (when.someBlamed === undefined || when.someBlamed === some) &&
    (when.irreversible === undefined || when.irreversible === situation.notUndone.length > 0) &&
    (when.reversible === undefined || when.reversible === situation.abilities.reversible)
  );
}

/** Why a strategy cannot be done here, as a clause; null when it can. */
export function whyImpossible(strategy: Strategy, situation: Situation): string | null {
  const { abilities, trafficPerMinute, blamed } = situation;
  if (!abilities.strategies.includes(strategy)) return abilities.whyNot[strategy] ?? 'the platform cannot do it';
  if (strategy === 'partial' && blamed.length === 0) return 'no component is blamed';
  const judged = strategy === 'progressive' || strategy === 'ab';
  if (judged && trafficPerMinute !== null && trafficPerMinute < TRAFFIC_FOR_STEPS) {
    return `its steps cannot be judged with ${Math.round(trafficPerMinute)} requests a minute`;
  }
  return null;
}
