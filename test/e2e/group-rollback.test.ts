import { mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveWorld, type LiveWorld } from '../fakes/live-world.ts';

/** Three services on two platforms; web is always well, api and db are once db has gone back: the cause lies there. */
const SERVICES = ['web', 'api', 'db'] as const;
let world: LiveWorld;

beforeEach(async () => {
  const untilDb = (): number => (serves('db') === 'v1' ? 0.2 : 6);
  world = liveWorld({ web: () => 0.2, api: untilDb, db: untilDb });
  // db is a release behind a link, the others are commands.
  for (const version of ['v1', 'v2']) mkdirSync(world.at(`db/releases/${version}`), { recursive: true });
  symlinkSync('releases/v2', world.at('db/current'));
  for (const name of ['web', 'api']) world.put(`version-${name}`, 'v2\n');
  world.script('rollback.sh', `echo $1 >> ${world.at('effects')}\necho $2 > ${world.path}/version-$1\n`);
  world.script('version.sh', `cat ${world.path}/version-$1\n`);
  configure();
  await world.run('config', 'trust');
  for (const name of SERVICES) {
    await world.run('deployed', '--pipeline', name, '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
  }
});
afterEach(() => world.close());

const serves = (name: string): string =>
  name === 'db' ? readlinkSync(world.at('db/current')).slice(-2) : world.read(`version-${name}`).trim();

function configure(command = "[./rollback.sh, '{pipeline}', '{to}']"): void {
  world.put(
    'rollwatch.yaml',
    `${world.head()}groups:
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
      verify: { healthAtLeast: 60, for: 1s, within: 90s }
  - match: db
    rollback:
      platform: releases
      root: ${world.path}/{pipeline}
      verify: { healthAtLeast: 60, for: 1s, within: 90s }
`,
  );
}

describe('a group rollback by hand', { timeout: 240_000 }, () => {
  it('takes what is blamed and what needs it, on two platforms, and is recorded as one', async () => {
    const plan = await world.run('rollback', 'plan', '--group', 'shop', '--all');
    expect([plan.code, plan.error]).toEqual([0, '']);
    expect(plan.out).toContain(
      'roll 3 services of shop back, one after the other:\n  1. web v2 → v1: a person chose it\n  2. api',
    );
    expect(plan.out).toContain('3 of 3:\nroll db back: v2 → v1 in live');
    expect(SERVICES.map(serves)).toEqual(['v2', 'v2', 'v2']);
    const run = await world.run(
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
    expect(world.effects()).toEqual(['web', 'api']);
    const audit = await world.run('audit', 'list', '--limit', '0');
    expect(audit.out).toContain('asks: roll back web v2 → v1, then api v2 → v1, then db v2 → v1 (group shop)?');
    expect(audit.out).toContain('group shop done: 3 of 3 went back');
    expect((await world.run('audit', 'verify')).code).toBe(0);
  });

  it('stops where one does not go back: exit 13, and nothing it needs is touched', async () => {
    world.script('nothing.sh', 'echo OK\n');
    configure("[./nothing.sh, '{pipeline}']");
    world.put('rollwatch.yaml', world.read('rollwatch.yaml').replaceAll('within: 90s', 'within: 2s'));
    await world.run('config', 'trust');
    const run = await world.run(
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
    const unknown = await world.run('rollback', 'plan', '--group', 'shoo');
    expect(unknown).toMatchObject({ code: 14 });
    expect(unknown.error).toContain('no group is called shoo; known are shop');
    const mixed = await world.run('rollback', 'plan', '--group', 'shop', '--to', 'v1');
    expect(mixed).toMatchObject({ code: 2 });
    const strange = await world.run('rollback', 'plan', '--group', 'shop', '--only', 'mail');
    expect(strange.error).toContain('mail was not deployed with');
    expect((await world.run('rollback', 'abort', '--group', 'shop')).error).toContain(
      'no rollback of such a group is under way',
    );
  });
});
