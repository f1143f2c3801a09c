import { setTimeout as sleep } from 'node:timers/promises';
import { visibleText } from '../../core/model/visible.ts';
import type { Act } from './act.ts';
import { faultText } from './fault-text.ts';
import { outsideOf } from './outside.ts';
import { readVersion } from './read-version.ts';

/** What was read back: `confirmed` = the earlier version serves; `none` = nothing is configured to tell. */
export type ReadBack =
  | { readonly kind: 'confirmed'; readonly text: string }
  | { readonly kind: 'contradicted'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'none' };

/** Asks until the earlier version was read twice in a row and the check agrees, or the deadline has passed. */
export async function readBack(act: Act, deadlineMs: number): Promise<ReadBack> {
  const { versionCommand, verifyCommand } = act.plan.verify;
  if (versionCommand === null && verifyCommand === null) return { kind: 'none' };
  let agreed = 0;
  for (;;) {
    const answer = await askOnce(act);
    agreed = answer.kind === 'confirmed' ? agreed + 1 : 0;
    // One reading may come from the one instance that is already back.
    if (agreed >= (versionCommand === null ? 1 : 2)) return answer;
    if (answer.kind !== 'confirmed' && act.deps.clock.monotonicMs() >= deadlineMs) return answer;
    if (answer.kind === 'contradicted') act.show({ text: `waiting: ${answer.text}` });
    await sleep(act.times.pollMs);
  }
}

/** One look at the target, for the text of an end that is not known. */
export async function nowServing(act: Act): Promise<string> {
  const { versionCommand } = act.plan.verify;
  if (versionCommand === null) return 'which version serves cannot be read';
  return (await readVersion(versionCommand, act.deps)).text;
}

async function askOnce(act: Act): Promise<ReadBack> {
  const { verify, fromVersion, toVersion } = act.plan;
  if (verify.versionCommand !== null) {
    const reading = await readVersion(verify.versionCommand, act.deps);
    if (reading.version === null) return { kind: 'unreadable', text: reading.text };
    if (reading.version === fromVersion && fromVersion !== toVersion) {
      return { kind: 'contradicted', text: `still version ${visibleText(fromVersion, 130)}` };
    }
    if (reading.version !== toVersion) return { kind: 'contradicted', text: `${reading.text}, not ${toVersion}` };
  }
  if (verify.verifyCommand === null) return { kind: 'confirmed', text: `version ${toVersion} serves again` };
  const check = await outsideOf(act.deps).runCommand(verify.verifyCommand, act.deps.env);
  if (check.fault === null) return { kind: 'confirmed', text: `the check of version ${toVersion} passed` };
  const text = faultText(verify.verifyCommand, check, act.deps.env);
  return check.exitCode === null ? { kind: 'unreadable', text } : { kind: 'contradicted', text };
}
