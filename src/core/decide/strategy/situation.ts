import type { PlatformAbilities } from '../../model/abilities.ts';
import type { Risk } from '../../model/risk.ts';
import type { Verdict } from '../../model/verdict.ts';
import { failureType, type FailureType } from './failure-type.ts';

/** How bad it is for those it reaches. */
export type Severity = 'slight' | 'serious' | 'severe';

/** Everything a choice of strategy follows from. */
export interface Situation {
  readonly failure: FailureType;
  readonly severity: Severity;
  /** Share of the users or instances that get the bad version, 0..1; null where nothing tells. */
  readonly blastRadius: number | null;
  /** 0..1: how sure the verdict is. */
  readonly confidence: number;
  readonly risk: Risk['label'] | null;
  /** Requests per minute now; null where no metric counts them. */
  readonly trafficPerMinute: number | null;
  /** Components the evidence blames, of those that were deployed together; empty where there are none. */
  readonly blamed: readonly string[];
  /** All components that were deployed together. */
  readonly components: readonly string[];
  /** Something in the deployment cannot be undone (a migration), a sentence each. */
  readonly notUndone: readonly string[];
  readonly abilities: PlatformAbilities;
}

/** What is known beside the verdict. */
export interface SituationFacts {
  /** The version that is rolled back from: its share of the traffic is the blast radius where sides are told apart. */
  readonly fromVersion?: string;
  readonly abilities: PlatformAbilities;
  readonly risk: Risk | null;
  readonly trafficPerMinute?: number | null;
  readonly blastRadius?: number | null;
  readonly blamed?: readonly string[];
  readonly components?: readonly string[];
  readonly notUndone?: readonly string[];
}

const SEVERE_HEALTH = 25;
const SERIOUS_HEALTH = 60;
/** A detector's score relative to its own limit from which a failure is severe even while the health still stands. */
const SEVERE_SCORE = 10;

/**
 * The situation a verdict describes. Without side by side versions everybody gets the bad one, so the blast radius is
 * then 1 unless something tells better.
 */
export function situationOf(
  verdict: Pick<Verdict, 'evidence' | 'health' | 'confidence' | 'sides' | 'trafficPerMinute'>,
  facts: SituationFacts,
): Situation {
  return {
    failure: failureType(verdict),
    severity: severityOf(verdict),
    blastRadius:
      facts.blastRadius ?? shareOf(verdict.sides, facts.fromVersion) ?? (facts.abilities.sideBySide ? null : 1),
    confidence: verdict.confidence,
    risk: facts.risk?.label ?? null,
    trafficPerMinute: facts.trafficPerMinute ?? verdict.trafficPerMinute ?? null,
    blamed: facts.blamed ?? [],
    components: facts.components ?? [],
    notUndone: facts.notUndone ?? [],
    abilities: facts.abilities,
  };
}

function shareOf(sides: Verdict['sides'], version: string | undefined): number | null {
  return sides?.find((side) => side.version === version)?.trafficShare ?? null;
}

function severityOf({ health, evidence }: Pick<Verdict, 'evidence' | 'health'>): Severity {
  const score = Math.max(0, ...evidence.map((one) => one.score));
  if ((health.value !== null && health.value < SEVERE_HEALTH) || score >= SEVERE_SCORE) return 'severe';
  return health.value === null || health.value < SERIOUS_HEALTH ? 'serious' : 'slight';
}
