import { StepRefused } from '../step.ts';
import { directionOf, factsOfSides, servingVersion, versionsOf } from '../two-sides.ts';
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
  const percents = call.sides.map((side) => live.percentOf(side));
  return [JSON.stringify(await factsOfSides(call.sides, percents))];
}
