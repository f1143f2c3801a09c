import type { FleetItem } from './pipeline-look.ts';

/** Orders of the fleet, in the order in which `s` goes through them. */
export const SORTS = ['attention', 'name', 'health', 'risk', 'age'] as const;

/** What the fleet is sorted by. */
export type Sort = (typeof SORTS)[number];

/** The pipelines whose name, environment or version contains the filter, in the order asked for. */
export function arrange(items: readonly FleetItem[], sort: Sort, filter: string): readonly FleetItem[] {
  const wanted = filter.toLowerCase();
  const kept = items.filter((item) => wanted === '' || haystack(item).includes(wanted));
  return kept.sort((a, b) => compare(a, b, sort) || byName(a, b));
}

function haystack({ view }: FleetItem): string {
  return `${view.pipeline} ${view.environment ?? ''} ${view.deployment?.version ?? ''}`.toLowerCase();
}

function compare(a: FleetItem, b: FleetItem, sort: Sort): number {
  switch (sort) {
    case 'attention':
      return a.attention - b.attention || health(a) - health(b);
    case 'name':
      return byName(a, b);
    case 'health':
      return health(a) - health(b);
    case 'risk':
      return (b.view.risk?.probability ?? -1) - (a.view.risk?.probability ?? -1);
    case 'age':
      return (b.view.deployment?.atMs ?? 0) - (a.view.deployment?.atMs ?? 0);
  }
}

function health(item: FleetItem): number {
  // Unknown health sorts between bad and good: it is neither.
  return item.view.verdict.health.value ?? 50;
}

function byName(a: FleetItem, b: FleetItem): number {
  return a.view.pipeline < b.view.pipeline ? -1 : a.view.pipeline > b.view.pipeline ? 1 : 0;
}
