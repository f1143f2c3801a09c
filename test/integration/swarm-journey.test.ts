import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ready } from '../fakes/loopback.ts';
import { DOCKERD, QUICK, swarmWorld, type SwarmWorld } from '../fakes/swarm-world.ts';
import { describeWith } from './skip-loudly.ts';

/** The built program and a real Engine: a bad image is deployed, and what the service answers says so. */
const BIN = join(import.meta.dirname, '../../bin/rollwatch');

describeWith('dockerd (as root)', DOCKERD, 'swarm: the journey', () => {
  let world: SwarmWorld;
  let env: Record<string, string>;
  let writer: NodeJS.Timeout | undefined;
  let watching: ChildProcess | null = null;

  beforeAll(async () => {
    world = await swarmWorld();
    env = { PATH: process.env['PATH']!, HOME: world.root, NO_COLOR: '1' };
    world.image('v1', 'good');
    world.image('v2', 'broken');
    world.docker('service', 'create', '--name', 'checkout', '--detach=false', ...QUICK, 'app:v1');
    await ready('v1 serves', async () => world.answer().text === 'v1');
    mkdirSync(join(world.root, 'logs'));
    const past = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1000, true));
    writeFileSync(log(), `timestamp,response_time,error_rate\n${past.join('\n')}\n`);
    writer = setInterval(() => appendFileSync(log(), `${row(Date.now(), world.answer().ok)}\n`), 500);
    writeFileSync(join(world.root, 'rollwatch.yaml'), config(), { mode: 0o600 });
  });
  afterAll(async () => {
    clearInterval(writer);
    if (watching !== null && watching.exitCode === null) {
      const gone = once(watching, 'exit');
      watching.kill('SIGTERM');
      await gone;
    }
    await world.close();
  });

  const log = (): string => join(world.root, 'logs/metrics_checkout.csv');

  /** What one request to the service came to. */
  function row(atMs: number, ok: boolean): string {
    return `${new Date(atMs).toISOString()},${120 + (atMs % 7)},${ok ? 0.2 : 60}`;
  }

  function config(): string {
    return `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments:
  live: { mode: ask }
pipelines:
  - match: checkout
    environment: live
    rollback:
      platform: swarm
      cluster: ${world.cluster}
      socket: ${world.socket}
      timeout: 90s
      verify: { healthAtLeast: 60, for: 1s, within: 90s }
`;
  }

  async function rollwatch(...args: readonly string[]): Promise<string> {
    const all = [BIN, ...args, '--state-dir', join(world.root, 'state')];
    return (await promisify(execFile)(process.execPath, all, { cwd: world.root, env })).stdout;
  }

  async function until<T>(ask: () => Promise<T | null>): Promise<T> {
    for (;;) {
      const answer = await ask();
      if (answer !== null) return answer;
      await sleep(500);
    }
  }

  it('judges what the service answers, asks, rolls back, sees the old version serve, and audits it', async () => {
    // Said before it is done: errors from before a deployment are not blamed on it.
    await rollwatch('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
    world.docker('service', 'update', '--no-resolve-image', '--detach=false', '--image', 'app:v2', 'checkout');
    await ready('v2 serves errors', async () => world.answer().text.includes('404'));
    await rollwatch('config', 'trust');
    const args = [BIN, 'run', '--state-dir', join(world.root, 'state')];
    watching = spawn(process.execPath, args, { cwd: world.root, env, stdio: 'ignore' });
    const proposal = await until(async () => {
      const open = JSON.parse(await rollwatch('proposals', '--json')) as readonly { readonly id: string }[];
      return open[0] ?? null;
    });
    expect(world.inspect().UpdateStatus?.State).toBe('completed');
    await rollwatch('approve', proposal.id, '--name', 'checkout', '--reason', 'errors');
    const audit = await until(async () => {
      const text = await rollwatch('audit', 'list', '--json');
      return /"state":\s*"(?:done|failed|unverified|restored-unhealthy|unknown|cancelled)"/.test(text) ? text : null;
    });
    expect(audit).toMatch(/"state":\s*"done"/);
    for (const type of ['proposal-opened', 'proposal-closed']) expect(audit).toContain(type);
    expect(world.answer()).toEqual({ ok: true, text: 'v1' });
    expect(world.inspect().UpdateStatus?.State).toBe('rollback_completed');
    expect(await rollwatch('audit', 'verify')).toMatch(/consistent|intact|ok/i);
  });
});
