import { PlanFault } from './plan-fault.ts';

/** What each component needs to be there: `api` needs `db` is `{ api: ['db'] }`. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/**
 * The order to roll components back in: one that needs others before those others, so that nothing runs on a dependency
 * older than itself; names decide between equals. Dependencies on components that are not in the list count through.
 *
 * @throws PlanFault when they need each other in a circle, naming it.
 */
export function rollbackOrder(components: readonly string[], needs: Dependencies): readonly string[] {
  const wanted = new Set(components);
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();

  function visit(component: string, path: readonly string[]): void {
    if (state.get(component) === 'done') return;
    if (state.get(component) === 'open') {
      const circle = [...path.slice(path.indexOf(component)), component];
      throw new PlanFault(`components need each other in a circle: ${circle.join(' → ')}`);
    }
    state.set(component, 'open');
    for (const needed of (needs[component] ?? []).toSorted()) visit(needed, [...path, component]);
    state.set(component, 'done');
    if (wanted.has(component)) done.push(component);
  }

  for (const component of [...wanted].toSorted().toReversed()) visit(component, []);
  return done.toReversed();
}
