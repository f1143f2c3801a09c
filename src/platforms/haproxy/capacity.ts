import { setTimeout as sleep } from 'node:timers/promises';
import { StepRefused, StepUnknown } from '../step.ts';
import { directionOf } from '../two-sides.ts';
import type { HaproxyCall } from './call.ts';
import { readLive } from './live.ts';
import { writeRuntime } from './runtime.ts';
import { saveStates } from './state-file.ts';

const LOOK_MS = 250;
/** The step ends by itself before it is stopped from outside, so that it can say how far it came. */
const MARGIN_MS = 2000;

/** Succeeds when enough servers of the earlier version are alive, with room for the sessions of now. Only reads. */
export async function checkCapacity(call: HaproxyCall, percent: number): Promise<readonly string[]> {
  const { from, to } = await directionOf(call.sides, call.versions);
  const live = await readLive(call);
  const back = live.serversOf(to);
  // One that is drained or in maintenance is opened again by the step that gives it traffic.
  const alive = back.filter(({ up, drained }) => up || drained);
  const needed = Math.ceil((back.length * percent) / 100);
  if (alive.length < needed) {
    throw new StepRefused(`${alive.length} of ${back.length} servers of ${to.name} are alive, ${needed} are needed`);
  }
  const sessions = [...live.serversOf(from), ...back].reduce((sum, server) => sum + server.sessions, 0);
  const room = alive.reduce((sum, { limit }) => sum + (limit ?? Infinity), 0);
  if (room < (sessions * percent) / 100) {
    throw new StepRefused(`${to.name} may have ${room} sessions; there are ${sessions} now (maxconn of its servers)`);
  }
  return [`${alive.length} of ${back.length} servers of ${to.name} are alive; ${sessions} sessions now`];
}

/** Takes the version rolled back from out, once it gets no traffic, and waits for the end of its sessions. */
export async function drain(call: HaproxyCall): Promise<readonly string[]> {
  const { from } = await directionOf(call.sides, call.versions);
  const percent = (await readLive(call)).percentOf(from);
  if (percent > 0) {
    throw new StepRefused(`${from.name} still has ${percent.toFixed(1)} % of the traffic: it is not drained`);
  }
  await writeRuntime(
    call.socket,
    from.servers.map((server) => `set server ${call.backend}/${server} state drain`),
  );
  const kept = await saveStates(call);
  const endMs = performance.now() + call.timeoutMs - MARGIN_MS;
  for (;;) {
    const sessions = await sessionsOf(call, from.name);
    if (sessions === 0) return [`${from.name} is drained, no session left`, ...kept];
    if (performance.now() >= endMs)
      return [`${from.name} is drained, ${sessions} sessions go on to their end`, ...kept];
    await sleep(LOOK_MS);
  }
}

/** Succeeds when every server of the version rolled back from takes no new sessions. */
export async function checkDrained(call: HaproxyCall): Promise<readonly string[]> {
  const { from } = await directionOf(call.sides, call.versions);
  const open = (await readLive(call)).serversOf(from).filter(({ drained }) => !drained);
  if (open.length > 0) throw new StepRefused(`${open.map(({ name }) => name).join(', ')} is not drained`);
  return [`${from.name} is drained`];
}

async function sessionsOf(call: HaproxyCall, name: string): Promise<number> {
  const side = call.sides.find((one) => one.name === name)!;
  try {
    return (await readLive(call)).serversOf(side).reduce((sum, server) => sum + server.sessions, 0);
  } catch (error) {
    throw new StepUnknown(`draining was asked for, but not read back: ${(error as Error).message}`);
  }
}
