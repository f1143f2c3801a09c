import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDir, until } from '../fakes/act-bench.ts';

/** The program from its source; three services on two platforms, whose errors follow the version that serves. */
const MAIN = join(import.meta.dirname, '../../src/main.ts');
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate';
const SERVICES = ['web', 'api', 'db'] as const;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

let world: string;
let writer: NodeJS.Timeout;

beforeEach(async () => {
  world = temporaryDir();
  mkdirSync(join(world, 'logs'));
  mkdirSync(join(world, 'home'));
  // db is a release behind a link, the others are commands.
  for (const version of ['v1', 'v2']) mkdirSync(join(world, 'db/releases', version), { recursive: true });
  symlinkSync('releases/v2', join(world, 'db/current'));
  for (const name of ['web', 'api']) put(`version-${name}`, 'v2\n');
  script('rollback.sh', `echo $1 >> ${world}/effects\necho $2 > ${world}/version-$1\n`);
  script('version.sh', `cat ${world}/version-$1\n`);
  configure();
  for (const name of SERVICES) {
    const past = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1_000, 0.2));
    put(`logs/metrics_${name}.csv`, `${HEADER}\n${past.join('\n')}\n`);
  }
  writer = setInterval(() => {
    for (const name of SERVICES)
      appendFileSync(join(world, `logs/metrics_${name}.csv`), `${row(Date.now(), errorsOf(name))}\n`);
  }, 200);
  await rollwatch('config', 'trust');
  for (const name of SERVICES) {
    await rollwatch('deployed', '--pipeline', name, '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
  }
});
afterEach(() => {
  clearInterval(writer);
  rmSync(world, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  writeFileSync(join(world, name), text, { mode: 0o600 });
}

function script(name: string, body: string): void {
  writeFileSync(join(world, name), `#!/bin/sh\n${body}`);
  chmodSync(join(world, name), 0o755);
}

function row(atMs: number, errors: number): string {
  return `${new Date(atMs).toISOString()},40,50,${errors > 1 ? 900 : 120 + (atMs % 7)},${errors}`;
}

/** web and api are well only once db is: the cause lies there. */
function errorsOf(name: string): number {
  return name === 'web' || readlinkSync(join(world, 'db/current')) === 'releases/v1' ? 0.2 : 6;
}

const serves = (name: string): string =>
  name === 'db'
    ? readlinkSync(join(world, 'db/current')).slice(-2)
    : readFileSync(join(world, `version-${name}`), 'utf8').trim();

function configure(command = "[./rollback.sh, '{pipeline}', '{to}']"): void {
  put(
    'rollwatch.yaml',
    `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments: { live: { mode: ask, production: false } }
groups:
  - name: shop
    match: [web, api, db]
    needs: { web: [api], api: [db] }
    judge: { for: 2s, hold: 4s, healthAtLeast: 60 }
pipelines:
  - match: '*'
    environment: live
    rollback:
      command: ${command}
      version: [./version.sh, '{pipeline}']
      timeout: 20s
      verify: { healthAtLeast: 60, for: 1s, within: 20s }
  - match: db
    rollback:
      platform: releases
      root: ${world}/{pipeline}
      verify: { healthAtLeast: 60, for: 1s, within: 20s }
`,
  );
}

function rollwatch(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args, '--state-dir', join(world, 'state')], {
      cwd: world,
      env: { PATH: process.env['PATH']!, HOME: join(world, 'home'), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.once('close', (code) => resolve({ code, out, error }));
  });
}

describe('a group rollback by hand', { timeout: 90_000 }, () => {
  it('takes what is blamed and what needs it, on two platforms, and is recorded as one', async () => {
    await until('the failure', () => existsSync(join(world, 'logs')));
    const plan = await rollwatch('rollback', 'plan', '--group', 'shop', '--all');
    expect([plan.code, plan.error]).toEqual([0, '']);
    expect(plan.out).toContain(
      'roll 3 services of shop back, one after the other:\n  1. web v2 → v1: a person chose it\n  2. api',
    );
    expect(plan.out).toContain('3 of 3:\nroll db back: v2 → v1 in live');
    expect(SERVICES.map(serves)).toEqual(['v2', 'v2', 'v2']);
    const run = await rollwatch(
      'rollback',
      'run',
      '--group',
      'shop',
      '--all',
      '--yes',
      '--reason',
      'orders are down',
      '--json',
    );
    expect([run.code, run.error]).toEqual([12, run.error]);
    const { group } = JSON.parse(run.out) as {
      group: { state: string; steps: readonly { pipeline: string; state: string }[] };
    };
    expect(group.state).toBe('done');
    expect(group.steps.map(({ pipeline, state }) => `${pipeline} ${state}`)).toEqual([
      'web done',
      'api done',
      'db done',
    ]);
    expect(SERVICES.map(serves)).toEqual(['v1', 'v1', 'v1']);
    expect(readFileSync(join(world, 'effects'), 'utf8')).toBe('web\napi\n');
    const audit = await rollwatch('audit', 'list');
    expect(audit.out).toContain('asks: roll back web v2 → v1, then api v2 → v1, then db v2 → v1 (group shop)?');
    expect(audit.out).toContain('group shop done: 3 of 3 went back');
    expect((await rollwatch('audit', 'verify')).code).toBe(0);
  });

  it('stops where one does not go back: exit 13, and nothing it needs is touched', async () => {
    script('nothing.sh', 'echo OK\n');
    configure("[./nothing.sh, '{pipeline}']");
    put('rollwatch.yaml', readFileSync(join(world, 'rollwatch.yaml'), 'utf8').replaceAll('within: 20s', 'within: 2s'));
    await rollwatch('config', 'trust');
    const run = await rollwatch(
      'rollback',
      'run',
      '--deployed-with',
      'web',
      '--only',
      'web,db',
      '--yes',
      '--reason',
      'orders are down',
    );
    expect([run.code, run.error.slice(-300)]).toEqual([13, run.error.slice(-300)]);
    expect(run.out).toContain('web is failed: rollback failed: still version v2');
    expect(run.out).toContain('db: not begun');
    expect(serves('db')).toBe('v2');
  });

  it('says what it does not understand', async () => {
    const unknown = await rollwatch('rollback', 'plan', '--group', 'shoo');
    expect(unknown).toMatchObject({ code: 14 });
    expect(unknown.error).toContain('no group is called shoo; known are shop');
    const mixed = await rollwatch('rollback', 'plan', '--group', 'shop', '--to', 'v1');
    expect(mixed).toMatchObject({ code: 2 });
    const strange = await rollwatch('rollback', 'plan', '--group', 'shop', '--only', 'mail');
    expect(strange.error).toContain('mail was not deployed with');
    expect((await rollwatch('rollback', 'abort', '--group', 'shop')).error).toContain(
      'no rollback of such a group is under way',
    );
  });
});
