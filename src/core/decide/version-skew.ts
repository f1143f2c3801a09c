import type { Deployment } from '../model/deployment.ts';
import type { LeftBehind } from '../model/findings.ts';
import type { ServiceGroup } from '../model/group.ts';
import { durationText } from '../model/time.ts';
import { visibleText } from '../model/visible.ts';

/** What the config says of which services belong to each other; names of pipelines. */
export interface ServiceTies {
  readonly groups: readonly Pick<ServiceGroup, 'name' | 'has' | 'needs' | 'togetherMs'>[];
  /** Who calls whom, caller → callees. */
  readonly calls: ReadonlyMap<string, readonly string[]>;
}

const SHOWN = 4;
const UNTIED: ServiceTies = { groups: [], calls: new Map() };

/**
 * Services that would go on with a version made for the one that goes back: deployed from the same commit; of the same
 * group and deployed together with it, from whatever repository; or in need of it, by `groups` or `calls`, and deployed
 * since. Each is named once, by the first of these. Ties that nobody has written down, and those through a third
 * service, are not seen.
 */
export function versionSkew(
  of: Deployment,
  current: readonly Deployment[],
  ties: ServiceTies = UNTIED,
): readonly LeftBehind[] {
  const named = new Set<string>();
  const others = current
    .filter((one) => one.pipeline !== of.pipeline && one.environment === of.environment)
    .filter(({ origin }) => origin !== 'rollback' && origin !== 'inferred')
    .toSorted((a, b) => (a.pipeline < b.pipeline ? -1 : 1));
  return tiesOf(of, ties).flatMap(({ holds, text }) => {
    const found = others.filter((one) => !named.has(one.pipeline) && holds(one));
    for (const { pipeline } of found) named.add(pipeline);
    return found.length === 0 ? [] : [{ kind: 'skew', text: `${text}: ${namesOf(found)}` } as const];
  });
}

interface Tie {
  readonly holds: (other: Deployment) => boolean;
  readonly text: string;
}

function tiesOf({ pipeline, commit, atMs }: Deployment, { groups, calls }: ServiceTies): readonly Tie[] {
  const sameCommit: Tie = {
    holds: (one) => commit !== null && one.commit === commit,
    text: `deployed with it from commit ${visibleText(commit?.slice(0, 12) ?? '')} and left on the newer version`,
  };
  const together = groups
    .filter(({ has }) => has(pipeline))
    .map(({ name, has, togetherMs }): Tie => ({
      holds: (one) => has(one.pipeline) && Math.abs(one.atMs - atMs) <= togetherMs,
      text: `of group ${visibleText(name, 60)}, deployed within ${durationText(togetherMs)} of it and left on the newer version`,
    }));
  const needsIt = (name: string): boolean =>
    groups.some(({ needs }) => needs[name]?.includes(pipeline) === true) ||
    calls.get(name)?.includes(pipeline) === true;
  const since: Tie = {
    holds: (one) => one.atMs >= atMs && needsIt(one.pipeline),
    text: 'needs it and was deployed since, maybe for the version that goes away',
  };
  return [sameCommit, ...together, since];
}

function namesOf(found: readonly Deployment[]): string {
  const names = found.slice(0, SHOWN).map(({ pipeline, version }) => visibleText(`${pipeline} (${version})`, 80));
  return `${names.join(', ')}${found.length > SHOWN ? ` and ${found.length - SHOWN} more` : ''}`;
}
