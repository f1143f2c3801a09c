import { planId } from '../../platforms/plan-id.ts';
import type { Store } from '../../ports/store.ts';
import type { Plans } from './plans.ts';

/**
 * Plans of a session that never acts, under ids of their own: one plan has one open question in the whole state, and
 * the question of a rehearsal must neither take the place of a real one nor be taken for it.
 */
export function rehearsalPlans(plans: Plans): Plans {
  return {
    ...plans,
    plan(...about) {
      const plan = plans.plan(...about);
      return { ...plan, id: planId('rehearsal', plan.id, plan.fromVersion, plan.toVersion) };
    },
  };
}

/** Nobody can answer it, so it asks only on its own screen. */
const ONLOOKER: Partial<Store> = {
  beat: () => undefined,
  takeAnswerRequests: () => [],
  saveProposal: (proposal) => proposal,
};

/**
 * The state as a session sees it that never acts: real questions and real acts are other sessions'. One that is also
 * read-only is no watch that an answer could be given to.
 */
export function rehearsalStore(store: Store, readOnly: boolean): Store {
  const own: Partial<Store> = {
    openProposals: () => [],
    unfinishedExecutions: () => store.unfinishedExecutions().filter(({ dryRun }) => dryRun),
    ...(readOnly ? ONLOOKER : {}),
  };
  // Not a copy: what the store says of itself may change.
  return Object.assign(Object.create(store) as Store, own);
}
