import type { PlatformFacts } from '../../ports/platform.ts';
import { StepRefused } from '../step.ts';
import { directionOf, servingVersion, versionsOf } from '../two-sides.ts';
import type { HaproxyCall } from './call.ts';
import { readLive } from './live.ts';

/** Prints the version that serves. */
export async function readVersion(call: HaproxyCall): Promise<readonly string[]> {
  const live = await readLive(call);
  const percents = [live.percentOf(call.sides[0]), live.percentOf(call.sides[1])] as const;
  if (percents[0] + percents[1] === 0) throw new StepRefused(`no server of backend ${call.backend} takes traffic`);
  const version = servingVersion(await versionsOf(call.sides), percents, call.versions.from);
  if (version === null) throw new StepRefused('the side that serves states no version');
  return [version];
}

/** Succeeds when the earlier version gets all of the traffic and its servers are up. */
export async function readServing(call: HaproxyCall): Promise<readonly string[]> {
  const { to } = await directionOf(call.sides, call.versions);
  const live = await readLive(call);
  const down = live.serversOf(to).filter(({ up }) => !up);
  if (down.length > 0) throw new StepRefused(`${down.map(({ name }) => name).join(', ')} of ${to.name} is not up`);
  const percent = live.percentOf(to);
  if (percent < 100) throw new StepRefused(`${to.name} has ${percent.toFixed(1)} % of the traffic, not all`);
  return [`${to.name} has all of the traffic (HAProxy ${live.release}, process ${live.pid})`];
}

/** What is known, as one JSON object: what one can go back to is the other side. */
export async function facts(call: HaproxyCall): Promise<readonly string[]> {
  const live = await readLive(call);
  const stated = await versionsOf(call.sides);
  const sides = call.sides
    .map((side, index) => ({ side, version: stated[index] ?? null, percent: live.percentOf(side) }))
    .toSorted((a, b) => b.percent - a.percent);
  const told: PlatformFacts = {
    versions: sides.flatMap(({ side, version, percent }, index) => {
      if (version === null) return [];
      const change = `${side.name} with ${Math.round(percent)} % of the traffic`;
      const [revision, deployedAtMs, by, commit] = [null, null, null, null];
      return [{ version, revision, deployedAtMs, by, change, commit, current: index === 0 }];
    }),
    selfHeal: null,
    notUndone: [],
    external: null,
  };
  return [JSON.stringify(told)];
}
