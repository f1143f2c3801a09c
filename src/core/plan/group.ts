import type { Deployment } from '../model/deployment.ts';
import { rollbackOrder, type Dependencies } from './dependency-order.ts';

/** Services deployed together and what goes back of them. */
export interface RollbackGroup {
  /** Deployed together, newest deployment of each pipeline, in no order. */
  readonly together: readonly Deployment[];
  /** Pipelines to roll back, in the order to do it. */
  readonly order: readonly string[];
  /** Deployed together and left as they are, each with the reason. */
  readonly left: readonly { readonly pipeline: string; readonly why: string }[];
}

/**
 * What belongs to the deployment of `of`: the same commit, or within `withinMs` of it. Of those go back what is blamed
 * and what needs something that goes back, also where its own analysis has ended well: it would otherwise run against an
 * earlier version than it was made for.
 */
export function rollbackGroup(
  of: Deployment,
  current: readonly Deployment[],
  blamed: ReadonlySet<string>,
  needs: Dependencies,
  withinMs: number,
): RollbackGroup {
  const together = current.filter(
    (one) =>
      one.environment === of.environment &&
      one.origin !== 'rollback' &&
      ((of.commit !== null && one.commit === of.commit) || Math.abs(one.atMs - of.atMs) <= withinMs),
  );
  const back = new Set([of.pipeline, ...together.map(({ pipeline }) => pipeline).filter((name) => blamed.has(name))]);
  for (let before = -1; before !== back.size;) {
    before = back.size;
    for (const { pipeline } of together) {
      if ((needs[pipeline] ?? []).some((needed) => back.has(needed))) back.add(pipeline);
    }
  }
  const left = together
    .filter(({ pipeline }) => !back.has(pipeline))
    .map(({ pipeline }) => ({ pipeline, why: 'nothing blames it, and it needs nothing that goes back' }));
  return { together, order: rollbackOrder([...back], needs), left };
}
