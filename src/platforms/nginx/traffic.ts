import { runProgram } from '../run-program.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { isShare } from '../shares.ts';
import { sideVersion } from '../side-version.ts';
import { StepRefused } from '../step.ts';
import { directionOf } from '../two-sides.ts';
import type { NginxCall } from './call.ts';
import { refuseUnlessIncluded } from './included.ts';
import { includeText, readInclude, replaceInclude, type Include, MAX_WEIGHT } from './include-file.ts';

const LOOK_MS = 100;
/** So many answers in a row by the one version there is left: old workers answer on their own connections only. */
const IN_A_ROW = 5;
/** Looks at a share that both versions have before it counts as not served. */
const MIN_SHARE_TO_SEE = 5;

/** Gives the earlier version a share: `nginx -T`, include file, `nginx -t`, reload, and then nginx itself is asked. */
export async function setShare(call: NginxCall, percent: number): Promise<readonly string[]> {
  const direction = await directionOf(call.sides, call.versions);
  const before = await readInclude(call.include, call.sides);
  await refuseUnlessIncluded(call);
  const next = includeText(direction, percent);
  await replaceInclude(before, next);
  const written: Include = { ...before, text: next };
  const tested = await runProgram(call.program, ['-t']);
  if (tested.exitCode !== 0) {
    await replaceInclude(written, before.text);
    throw new StepRefused(`nginx -t refuses it, the file is as it was: ${tested.said}`);
  }
  const reloaded = await runProgram(call.program, ['-s', 'reload']);
  if (reloaded.exitCode !== 0) {
    await replaceInclude(written, before.text);
    throw new StepRefused(
      `nginx -s reload failed, nginx goes on as before and the file is as it was: ${reloaded.said}`,
    );
  }
  return served(call, percent);
}

/** Succeeds when the file gives the earlier version the share and nginx serves accordingly. */
export async function checkShare(call: NginxCall, percent: number): Promise<readonly string[]> {
  const { to, from } = await directionOf(call.sides, call.versions);
  const { percents } = await readInclude(call.include, call.sides);
  const share = percents[call.sides.indexOf(to)]!;
  const text = `${to.name} (${call.versions.to ?? ''}) has ${share.toFixed(1)} % in ${call.include}`;
  if (!isShare(share, percent, to.servers.length, from.servers.length, MAX_WEIGHT)) {
    throw new StepRefused(`${text}, not ${percent} %`);
  }
  return [text, ...(await served(call, percent))];
}

/** Asks nginx until it answers as it must with this share. @throws Error when it does not in time. */
async function served(call: NginxCall, percent: number): Promise<readonly string[]> {
  const { from, to } = call.versions;
  const endMs = performance.now() + call.timeoutMs / 2;
  const wanted = percent === 100 ? to : percent === 0 ? from : null;
  const seen = new Map<string | null, number>();
  for (let row = 0; ;) {
    const version = await sideVersion(call.serving);
    seen.set(version, (seen.get(version) ?? 0) + 1);
    if (wanted !== null) {
      row = version === wanted ? row + 1 : 0;
      if (row >= IN_A_ROW) return [`nginx answers ${wanted}, ${row} times in a row`];
    } else if ((seen.get(to) ?? 0) > 0 || percent < MIN_SHARE_TO_SEE) {
      if ((seen.get(from) ?? 0) > 0 || percent > 100 - MIN_SHARE_TO_SEE) return [`nginx answers ${counts(seen)}`];
    }
    if (performance.now() >= endMs) throw new Error(`nginx was reloaded, but answers ${counts(seen)}`);
    await sleep(row > 0 ? 0 : LOOK_MS);
  }
}

function counts(seen: ReadonlyMap<string | null, number>): string {
  return [...seen].map(([version, count]) => `${version ?? 'no version'} ${count}×`).join(', ');
}
