import { shareOf } from '../shares.ts';
import { StepRefused } from '../step.ts';
import type { Side } from '../two-sides.ts';
import type { HaproxyCall } from './call.ts';
import { readRuntime } from './runtime.ts';
import { infoOf, serversOf, type ServerState } from './tables.ts';

/** A backend at one moment, and the process that was asked. */
export interface Live {
  readonly pid: string;
  readonly release: string;
  serversOf(side: Side): readonly ServerState[];
  /** Share of the traffic in percent. */
  percentOf(side: Side): number;
}

/** Reads the backend. @throws StepRefused when it is another HAProxy, or has not the servers of the config. */
export async function readLive({ socket, node, backend, sides }: HaproxyCall): Promise<Live> {
  const info = infoOf(await readRuntime(socket, 'show info'));
  if (info['Name'] !== 'HAProxy') throw new StepRefused(`${socket} is no runtime socket of HAProxy`);
  const stated = info['Node'] ?? info['node'] ?? '';
  if (stated !== node) {
    throw new StepRefused(`${socket} leads to node ${stated}, not to ${node} as configured: nothing was done`);
  }
  const states = await readRuntime(socket, `show servers state ${backend}`);
  const all = serversOf(backend, states, await readRuntime(socket, 'show stat'));
  const missing = sides.flatMap(({ servers }) => servers).filter((name) => !all.has(name));
  if (missing.length > 0) throw new StepRefused(`backend ${backend} has no server ${missing.join(', ')}`);
  const ours = new Set(sides.flatMap(({ servers }) => servers));
  const others = [...all.values()].filter((one) => !ours.has(one.name) && open(one) > 0);
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(', ');
    throw new StepRefused(`${names} of backend ${backend} takes traffic and belongs to neither side`);
  }
  const of = (side: Side): readonly ServerState[] => side.servers.map((name) => all.get(name)!);
  const sum = (side: Side): number => of(side).reduce((total, server) => total + open(server), 0);
  return {
    pid: info['Pid'] ?? '',
    release: info['Version'] ?? '',
    serversOf: of,
    percentOf: (side) => shareOf(sum(side), sum(sides.find((other) => other.name !== side.name)!)),
  };
}

/** Weight that counts: none where the server takes no new connections. */
function open({ up, weight }: ServerState): number {
  return up ? weight : 0;
}
