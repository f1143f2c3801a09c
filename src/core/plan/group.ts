import type { Deployment } from '../model/deployment.ts';
import type { LeftOut } from '../model/rollback.ts';
import { rollbackOrder, type Dependencies } from './dependency-order.ts';

/** Services deployed together and what goes back of them. */
export interface RollbackGroup {
  /** Pipelines to roll back, in the order to do it, each with the reason, a clause. */
  readonly order: readonly { readonly pipeline: string; readonly why: string }[];
  /** Deployed together and left as they are, each with the reason. */
  readonly left: readonly LeftOut[];
}

/** What was deployed together with a deployment, itself included: the same commit, or within `withinMs` of it. */
export function deployedTogether(
  of: Deployment,
  current: readonly Deployment[],
  withinMs: number,
): readonly Deployment[] {
  return current.filter(
    (one) =>
      one.environment === of.environment &&
      one.origin !== 'rollback' &&
      one.origin !== 'inferred' &&
      ((of.commit !== null && one.commit === of.commit) || Math.abs(one.atMs - of.atMs) <= withinMs),
  );
}

/**
 * Of services deployed together go back those that are blamed, and those that need something that goes back, also where
 * their own analysis has ended well: they would otherwise run against an earlier version than they were made for.
 */
export function blamedGroup(
  together: readonly string[],
  blamed: ReadonlySet<string>,
  needs: Dependencies,
): RollbackGroup {
  const why = new Map(together.filter((name) => blamed.has(name)).map((name) => [name, 'the evidence blames it']));
  for (let before = -1; before !== why.size;) {
    before = why.size;
    for (const pipeline of together) {
      const needed = (needs[pipeline] ?? []).find((one) => why.has(one));
      if (needed !== undefined && !why.has(pipeline)) why.set(pipeline, `it needs ${needed}, which goes back`);
    }
  }
  return ordered(together, why, needs, () => 'nothing blames it, and it needs nothing that goes back');
}

/** Exactly the services a person named; one that is left although it needs one of them is said as such. */
export function chosenGroup(
  together: readonly string[],
  chosen: readonly string[],
  needs: Dependencies,
): RollbackGroup {
  const why = new Map(chosen.map((name) => [name, 'a person chose it']));
  return ordered(together, why, needs, (pipeline) => {
    const needed = (needs[pipeline] ?? []).find((one) => why.has(one));
    return needed === undefined ? 'not chosen' : `not chosen, although it needs ${needed}, which goes back`;
  });
}

function ordered(
  together: readonly string[],
  why: ReadonlyMap<string, string>,
  needs: Dependencies,
  leftBecause: (pipeline: string) => string,
): RollbackGroup {
  return {
    order: rollbackOrder([...why.keys()], needs).map((pipeline) => ({ pipeline, why: why.get(pipeline)! })),
    left: together
      .filter((pipeline) => !why.has(pipeline))
      .map((pipeline) => ({ pipeline, why: leftBecause(pipeline) })),
  };
}
