import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeSocket, tables } from '../haproxy-socket.ts';
import type { RepointedWorld } from './world.ts';

/** The socket is that of another HAProxy, with a backend and servers of the same names. */
export async function haproxyWorld(root: string): Promise<RepointedWorld> {
  const at = (name: string): string => join(root, name);
  writeFileSync(at('blue'), 'v1\n');
  writeFileSync(at('green'), 'v2\n');
  const socket = await fakeSocket(at('admin.sock'));
  let [node, weights] = ['lb1', [0, 256] as readonly [number, number]];
  socket.answers = (line) => {
    const { info, states, stat } = tables({ b1: [weights[0], 2, 0, 0, ''], g1: [weights[1], 2, 0, 5, ''] });
    if (line === 'show info') return info.replace('lb1', node);
    if (line.startsWith('show servers state')) return states;
    if (line === 'show stat') return stat;
    weights = [256, 0];
    return '\n';
  };
  return {
    config: {
      socket: at('admin.sock'),
      node: 'lb1',
      sides: [
        { name: 'blue', servers: ['b1'], version: at('blue') },
        { name: 'green', servers: ['g1'], version: at('green') },
      ],
    },
    repoint: () => {
      node = 'lb9';
    },
    effects: () => socket.lines.filter((line) => !line.startsWith('show')),
    says: /leads to node lb9, not to lb1 as configured/,
    close: () => socket.close(),
  };
}
