import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeDir, temporaryDir } from '../fakes/act-bench.ts';
import { startKubeApi, type KubeApi } from '../fakes/kube-api/server.ts';
import { deploy, imageOf, KUBECTL, workload, writeKubeconfig } from '../fakes/kube-api/world.ts';
import { describeWith } from './skip-loudly.ts';

/** The built program, real kubectl, a cluster: a bad image is deployed, and the metrics say so. */
const BIN = join(import.meta.dirname, '../../bin/rollwatch');

let api: KubeApi;
let world: string;
let env: Record<string, string>;
let writer: NodeJS.Timeout;
let watching: ChildProcess | null = null;

beforeEach(async () => {
  api = await startKubeApi();
  world = temporaryDir();
  mkdirSync(join(world, 'logs'));
  const kubeconfig = writeKubeconfig(world, { prod: api.url });
  env = { PATH: process.env['PATH']!, HOME: world, KUBECONFIG: kubeconfig, NO_COLOR: '1' };
  api.objects.create('deployments', workload('checkout', 'shop/checkout:v1'));
  deploy(api.objects, 'deployments', 'checkout', 'shop/checkout:v2');
  const past = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1000, 'v1'));
  writeFileSync(log(), `timestamp,response_time,error_rate\n${past.join('\n')}\n`);
  writer = setInterval(() => appendFileSync(log(), `${row(Date.now(), serving())}\n`), 250);
  writeFileSync(join(world, 'rollwatch.yaml'), config(), { mode: 0o600 });
});
afterEach(async () => {
  clearInterval(writer);
  if (watching !== null && watching.exitCode === null) {
    const gone = new Promise((resolve) => watching!.once('exit', resolve));
    watching.kill('SIGTERM');
    await gone;
  }
  await api.close();
  removeDir(world);
});

const log = (): string => join(world, 'logs/metrics_checkout.csv');
const serving = (): string => imageOf(api, 'deployments', 'checkout').split(':')[1]!;

/** v2 is the bad version. */
function row(atMs: number, version: string): string {
  const [latency, errors] = version === 'v2' ? [900 + (atMs % 7), 6] : [120 + (atMs % 7), 0.2];
  return `${new Date(atMs).toISOString()},${latency},${errors}`;
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
      platform: kubernetes
      context: prod
      namespace: shop
      cluster: ${api.cluster}
      verify: { healthAtLeast: 60, for: 1s, within: 90s }
`;
}

async function rollwatch(...args: readonly string[]): Promise<string> {
  const all = [BIN, ...args, '--state-dir', join(world, 'state')];
  return (await promisify(execFile)(process.execPath, all, { cwd: world, env })).stdout;
}

/** Asks until it holds; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(300);
  }
}

describeWith('kubectl', KUBECTL !== null, 'kubernetes: the journey', () => {
  it('judges the metrics, asks, rolls back by kubectl, sees the old version serve and recover, and audits it', async () => {
    await rollwatch('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
    await rollwatch('config', 'trust');
    watching = spawn(process.execPath, [BIN, 'run', '--state-dir', join(world, 'state')], {
      cwd: world,
      env,
      stdio: 'ignore',
    });
    const proposal = await until(async () => {
      const open = JSON.parse(await rollwatch('proposals', '--json')) as readonly { readonly id: string }[];
      return open[0] ?? null;
    });
    expect(api.changes).toEqual([]);
    await rollwatch('approve', proposal.id, '--name', 'checkout', '--reason', 'error rate');
    const audit = await until(async () => {
      const text = await rollwatch('audit', 'list', '--json');
      return /"state":\s*"(?:done|failed|unverified|restored-unhealthy|unknown|cancelled)"/.test(text) ? text : null;
    });
    expect(audit).toMatch(/"state":\s*"done"/);
    expect(serving()).toBe('v1');
    expect(api.changes.map(({ method, status }) => `${method} ${status}`)).toEqual(['PATCH 200']);
    expect(await rollwatch('audit', 'verify')).toMatch(/consistent|intact|ok/i);
  });
});
