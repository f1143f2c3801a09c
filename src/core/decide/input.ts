import type { Deployment } from '../model/deployment.ts';
import type { ActHistory, RollbackAbility, Standing } from '../model/history.ts';
import type { Policy } from '../model/policy.ts';
import type { Risk } from '../model/risk.ts';
import type { Verdict } from '../model/verdict.ts';

/** Whether a plan can be made, as the platform answered. */
export type PlanFacts =
  | {
      readonly possible: true;
      readonly dryRun: boolean;
      /** Why only a person may say yes to this plan. */
      readonly needsPerson?: string | null;
      /** What the rollback will not undo, and what of it blocks by policy. */
      readonly notUndone?: readonly string[];
      readonly blockedBy?: readonly string[];
      /** What could not be looked at. */
      readonly doubts?: readonly string[];
      /** What it will not undo is still being looked at. */
      readonly looking?: boolean;
      /** The platform goes back by itself at this moment, in words. */
      readonly external?: string | null;
    }
  /** `why` is a sentence for the operator. */
  | { readonly possible: false; readonly why: string };

/** Where the deployment stands among the versions of its pipeline. */
export interface Lineage {
  /** The version just before; null when none is known. */
  readonly previous: string | null;
  /** The version a rollback would go to: the last healthy one, or the one a person chose; absent: `previous`. */
  readonly target?: string | null;
  /** The deployment is a return to a version that was live before, whoever made it. */
  readonly isReturn: boolean;
}

/** Everything a decision follows from; the same input always gives the same decision. */
export interface DecideInput {
  readonly nowMs: number;
  readonly verdict: Verdict;
  /** What the seed's rule calls an anomaly; `guarded` goes by the verdict. */
  readonly anomaly: boolean;
  readonly deployment: Deployment | null;
  readonly lineage: Lineage;
  readonly risk: Risk | null;
  readonly policy: Policy;
  readonly ability: RollbackAbility;
  readonly history: ActHistory;
  readonly standing: Standing;
  /** Null while nothing calls for a plan. */
  readonly plan: PlanFacts | null;
  /** This failure was asked about before and nobody answered in time. */
  readonly expired: boolean;
}

/** The version a rollback would go to; null when none is known. */
export function targetOf({ previous, target }: Lineage): string | null {
  return target === undefined ? previous : target;
}
