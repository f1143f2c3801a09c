import { isShare, weightsFor } from '../shares.ts';
import { StepRefused, StepUnknown } from '../step.ts';
import { directionOf, type Direction } from '../two-sides.ts';
import type { HaproxyCall } from './call.ts';
import { readLive, type Live } from './live.ts';
import { writeRuntime } from './runtime.ts';
import { saveStates } from './state-file.ts';

const MAX_WEIGHT = 256;

interface Share {
  readonly asWanted: boolean;
  readonly text: string;
}

/** Gives the earlier version a share of the traffic, after its servers were seen alive at that version. */
export async function setShare(call: HaproxyCall, percent: number): Promise<readonly string[]> {
  const { from, to } = await directionOf(call.sides, call.versions);
  const before = await readLive(call);
  const back = before.serversOf(to);
  const down = back.filter(({ up, drained }) => !up && !drained);
  if (down.length > 0) {
    throw new StepRefused(`${down.map(({ name }) => name).join(', ')} of ${to.name} is down: nothing was changed`);
  }
  const weights = weightsFor(percent, to.servers.length, from.servers.length, MAX_WEIGHT);
  const set = (server: string, what: string): string => `set server ${call.backend}/${server} ${what}`;
  const fault = await sent(call, [
    // The side that gets more comes first: there is never less than one of them open.
    ...to.servers.map((server) => set(server, `weight ${weights.to}`)),
    ...back.filter(({ drained }) => drained).map(({ name }) => set(name, 'state ready')),
    ...from.servers.map((server) => set(server, `weight ${weights.from}`)),
  ]);
  const after = await readLive(call).catch((error: unknown) => {
    throw new StepUnknown(`the weights were sent, but not read back: ${(error as Error).message}`);
  });
  const share = shareNow(call, percent, { to, from }, after);
  const kept = await saveStates(call);
  if (!share.asWanted) throw new Error([share.text, fault ?? 'HAProxy said nothing', ...kept].join('; '));
  return [share.text, ...reloaded(before, after), ...kept];
}

/** What went wrong, where it is not certain that nothing was done: what is there now decides. */
async function sent(call: HaproxyCall, commands: readonly string[]): Promise<string | null> {
  try {
    await writeRuntime(call.socket, commands);
    return null;
  } catch (error) {
    if (error instanceof StepUnknown) return error.message;
    throw error;
  }
}

/** Succeeds when the earlier version has the share. @throws StepRefused when it has not. */
export async function checkShare(call: HaproxyCall, percent: number): Promise<readonly string[]> {
  const direction = await directionOf(call.sides, call.versions);
  const { asWanted, text } = shareNow(call, percent, direction, await readLive(call));
  if (asWanted) return [text];
  throw new StepRefused(text);
}

function shareNow({ backend, versions }: HaproxyCall, percent: number, { to, from }: Direction, live: Live): Share {
  const share = live.percentOf(to);
  const asWanted = isShare(share, percent, to.servers.length, from.servers.length, MAX_WEIGHT);
  const not = asWanted ? '' : `, not ${percent} %`;
  return { asWanted, text: `${to.name} (${versions.to ?? ''}) has ${share.toFixed(1)} % of backend ${backend}${not}` };
}

function reloaded(before: Live, after: Live): readonly string[] {
  return before.pid === after.pid ? [] : [`HAProxy was reloaded meanwhile (process ${before.pid}, then ${after.pid})`];
}
