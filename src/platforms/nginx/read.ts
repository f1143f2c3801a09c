import { sideVersion } from '../side-version.ts';
import { StepRefused } from '../step.ts';
import { directionOf, factsOfSides, servingVersion, versionsOf } from '../two-sides.ts';
import type { NginxCall } from './call.ts';
import { readInclude } from './include-file.ts';
import { checkShare } from './traffic.ts';

const LOOKS = 3;

/**
 * Prints the version that serves: by the file, and by what nginx itself answers. A file that was written and not
 * reloaded says what will be, not what is: an answer of the version rolled back from counts more.
 */
export async function readVersion(call: NginxCall): Promise<readonly string[]> {
  const { percents } = await readInclude(call.include, call.sides);
  const stated = await versionsOf(call.sides);
  const byFile = servingVersion(stated, percents, call.versions.from);
  const answers = new Set<string | null>();
  for (let look = 0; look < LOOKS; look += 1) answers.add(await sideVersion(call.serving));
  const { from } = call.versions;
  if (from !== null && answers.has(from)) return [from];
  const answered = [...answers].find((version) => version !== null) ?? null;
  if (answered === null) throw new StepRefused(`nginx states no version at ${call.serving}`);
  if (byFile === null || !answers.has(byFile)) return [answered];
  return [byFile];
}

/** Succeeds when all of the traffic goes to the earlier version, by the file and by what nginx answers. */
export function readServing(call: NginxCall): Promise<readonly string[]> {
  return checkShare(call, 100);
}

/** Succeeds when both sides state the versions of the plan: the earlier one answers. Only reads. */
export async function checkAlive(call: NginxCall): Promise<readonly string[]> {
  const { to } = await directionOf(call.sides, call.versions);
  return [`${to.name} states ${call.versions.to ?? ''}`];
}

/** What is known, as one JSON object: what one can go back to is the other side. */
export async function facts(call: NginxCall): Promise<readonly string[]> {
  const { percents } = await readInclude(call.include, call.sides);
  return [JSON.stringify(await factsOfSides(call.sides, percents))];
}
