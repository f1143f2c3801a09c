import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HaproxyAct, HaproxyCall } from '../../../../src/platforms/haproxy/call.ts';
import { haproxyStep } from '../../../../src/platforms/haproxy/step.ts';
import { StepRefused, StepUnknown } from '../../../../src/platforms/step.ts';
import { fakeSocket, tables, type FakeSocket } from '../../../fakes/haproxy-socket.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

type Servers = Parameters<typeof tables>[0];
const folder = temporaryFolder();
let socket: FakeSocket;
let servers: Servers;
let set: (line: string) => string | null;
beforeEach(async () => {
  writeFileSync(join(folder.path, 'blue'), 'v1\n');
  writeFileSync(join(folder.path, 'green'), 'v2\n');
  servers = { b1: [0, 2, 0, 0, ''], g1: [256, 2, 0, 5, ''] };
  set = () => '\n';
  socket = await fakeSocket(join(folder.path, 's'));
  socket.answers = (line) => {
    const { info, states, stat } = tables(servers);
    if (line === 'show info') return info;
    if (line.startsWith('show servers state')) return states;
    return line === 'show stat' ? stat : set(line);
  };
});
afterEach(() => socket.close());

function run(act: HaproxyAct, change: Partial<HaproxyCall> = {}): Promise<readonly string[]> {
  const sides = [
    { name: 'blue', servers: ['b1'], version: join(folder.path, 'blue') },
    { name: 'green', servers: ['g1'], version: join(folder.path, 'green') },
  ] as const;
  const versions = { from: 'v2', to: 'v1' };
  const at = { socket: join(folder.path, 's'), node: 'lb1', backend: 'checkout', stateFile: null, timeoutMs: 2500 };
  return haproxyStep({ ...at, sides, versions, act, ...change }, {});
}

const all = { do: 'traffic', percent: 100 } as const;
const changes = (): readonly string[] => socket.lines.filter((line) => !line.startsWith('show'));

describe('a share', () => {
  it('is set as one line, the side that gets more first, and read back', async () => {
    set = () => {
      servers = { b1: [85, 2, 0, 0, ''], g1: [256, 2, 0, 0, ''] };
      return '\n\n';
    };
    const said = await run({ do: 'traffic', percent: 25 });
    expect(changes()).toEqual(['set server checkout/b1 weight 85; set server checkout/g1 weight 256']);
    expect(said[0]).toBe('blue (v1) has 24.9 % of backend checkout');
    expect(said).toContain('not kept: a reload of HAProxy puts the weights of its configuration back');
  });

  it('that HAProxy takes without changing anything is a failure, not a refusal', async () => {
    const error: unknown = await run(all).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(StepRefused);
    expect((error as Error).message).toContain('blue (v1) has 0.0 % of backend checkout, not 100 %');
  });

  it('whose answer was lost is proven by what is there', async () => {
    set = () => {
      servers = { b1: [256, 2, 0, 0, ''], g1: [0, 2, 0, 0, ''] };
      return null;
    };
    expect((await run(all))[0]).toContain('has 100.0 %');
  });

  it('is unknown when nothing can be read after it was sent', async () => {
    set = () => {
      socket.answers = () => null;
      return null;
    };
    await expect(run(all)).rejects.toBeInstanceOf(StepUnknown);
  });

  it('is refused without the right to change', async () => {
    set = () => 'Permission denied\n\n';
    await expect(run(all)).rejects.toBeInstanceOf(StepRefused);
  });

  it.each([
    ['another node', { node: 'lb2' }, 'leads to node lb1, not to lb2'],
    ['another backend', { backend: 'search' }, 'no backend search'],
    ['no socket', { socket: '/nowhere' }, 'ENOENT'],
    ['other versions', { versions: { from: 'v3', to: 'v1' } }, 'state other versions than v3 and v1'],
  ])('is refused for %s, and nothing is sent', async (_, change, words) => {
    const error: unknown = await run(all, change).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepRefused);
    expect((error as Error).message).toContain(words);
    expect(changes()).toEqual([]);
  });

  it('is refused while a third server takes traffic, and when the earlier version is down', async () => {
    servers = { ...servers, canary: [10, 2, 0, 0, ''] };
    await expect(run(all)).rejects.toThrow('canary of backend checkout takes traffic and belongs to neither side');
    servers = { b1: [0, 0, 0, 0, ''], g1: [256, 2, 0, 5, ''] };
    await expect(run(all)).rejects.toThrow('b1 of blue is down');
    expect(changes()).toEqual([]);
  });

  it('is kept for a reload where a file is named, and says so where that fails', async () => {
    servers = { b1: [256, 2, 0, 0, ''], g1: [0, 2, 0, 0, ''] };
    const stateFile = join(folder.path, 'state');
    expect(await run(all, { stateFile })).toContain(`kept for a reload in ${stateFile}`);
    expect(readFileSync(stateFile, 'utf8')).toContain(' b1 ');
    expect((await run(all, { stateFile: '/nowhere/state' })).at(-1)).toMatch(/^not kept: ENOENT/);
  });
});

describe('readings', () => {
  it('name the version rolled back from as long as it gets any traffic', async () => {
    servers = { b1: [255, 2, 0, 0, ''], g1: [1, 2, 0, 0, ''] };
    expect(await run({ do: 'version' })).toEqual(['v2']);
    expect(await run({ do: 'version' }, { versions: { from: null, to: null } })).toEqual(['v1']);
    await expect(run({ do: 'serving' })).rejects.toThrow('blue has 99.6 % of the traffic, not all');
    await expect(run({ do: 'shared', percent: 90 })).rejects.toThrow('not 90 %');
    // Drained: its weight is still there and counts for nothing.
    servers = { b1: [1, 2, 0, 0, ''], g1: [255, 2, 8, 0, ''] };
    expect(await run({ do: 'version' })).toEqual(['v1']);
    expect((await run({ do: 'serving' }))[0]).toContain('blue has all of the traffic (HAProxy 2.6.12, process 7)');
  });

  it('say that nothing serves', async () => {
    servers = { b1: [0, 2, 0, 0, ''], g1: [1, 0, 0, 0, ''] };
    await expect(run({ do: 'version' })).rejects.toThrow('no server of backend checkout takes traffic');
  });

  it('tell both versions, the one with more traffic first', async () => {
    const told = JSON.parse((await run({ do: 'facts' }))[0]!) as { versions: readonly object[]; external: unknown };
    expect(told.versions).toMatchObject([
      { version: 'v2', current: true, change: 'green with 100 % of the traffic' },
      { version: 'v1', current: false },
    ]);
    expect(told.external).toBeNull();
  });
});

describe('capacity and draining', () => {
  it('want servers alive and room for the sessions of now', async () => {
    expect(await run({ do: 'capacity', percent: 100 })).toEqual(['1 of 1 servers of blue are alive; 5 sessions now']);
    servers = { b1: [0, 2, 0, 0, '4'], g1: [256, 2, 0, 5, ''] };
    await expect(run({ do: 'capacity', percent: 100 })).rejects.toThrow('blue may have 4 sessions; there are 5 now');
    expect(await run({ do: 'capacity', percent: 50 })).toHaveLength(1);
    servers = { b1: [0, 0, 0, 0, ''], g1: [256, 2, 0, 5, ''] };
    await expect(run({ do: 'capacity', percent: 50 })).rejects.toThrow('0 of 1 servers of blue are alive');
  });

  it('never drain a side that gets traffic, and wait for the end of its sessions', async () => {
    await expect(run({ do: 'drain' })).rejects.toThrow('green still has 100.0 % of the traffic');
    servers = { b1: [256, 2, 0, 0, ''], g1: [0, 2, 0, 3, ''] };
    await expect(run({ do: 'drained' })).rejects.toThrow('g1 is not drained');
    set = () => {
      servers = { b1: [256, 2, 0, 0, ''], g1: [0, 2, 8, 0, ''] };
      return '\n';
    };
    expect((await run({ do: 'drain' }))[0]).toBe('green is drained, no session left');
    expect(await run({ do: 'drained' })).toEqual(['green is drained']);
    servers = { b1: [256, 2, 0, 0, ''], g1: [0, 2, 8, 2, ''] };
    set = () => '\n';
    expect((await run({ do: 'drain' }))[0]).toBe('green is drained, 2 sessions go on to their end');
  });
});
