import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PlatformFacts } from '../../src/ports/platform.ts';
import { runCommand } from '../../src/app/executor/run-command.ts';
import { actBench, type ActBench } from '../fakes/act-bench.ts';
import { ready } from '../fakes/loopback.ts';
import { DOCKERD, QUICK, swarmWorld, type SwarmWorld } from '../fakes/swarm-world.ts';
import { describeWith } from './skip-loudly.ts';

const request = { pipeline: 'checkout', environment: null, deploymentId: 'd1', fromVersion: 'v2', toVersion: 'v1' };

describeWith('dockerd (as root)', DOCKERD, 'swarm: a real Docker Engine in Swarm mode', () => {
  let world: SwarmWorld;
  let act: ActBench;
  beforeAll(async () => {
    world = await swarmWorld();
    world.image('v1', 'good');
    world.image('v2', 'broken');
    world.image('v3', 'crashing');
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    act = actBench();
    expect(
      world.docker('service', 'create', '--name', 'checkout', '--detach=false', ...QUICK, 'app:v1').text,
    ).toBeTruthy();
    await ready('v1 serves', async () => world.answer().text === 'v1');
  });
  afterEach(async () => {
    act.close();
    world.docker('service', 'rm', 'checkout');
    await ready('it is gone', async () => world.docker('ps', '-q').text === '');
  });

  function update(...args: readonly string[]): void {
    world.docker('service', 'update', '--no-resolve-image', '--detach=false', ...args, 'checkout');
  }

  async function factsNow(): Promise<PlatformFacts> {
    const { stdout, fault } = await runCommand(world.platform().factsReader!('checkout')!, {});
    expect(fault).toBeNull();
    return JSON.parse(stdout) as PlatformFacts;
  }

  it('puts the earlier version back, which serves again, and refuses to roll that back', async () => {
    update('--image', 'app:v2');
    await ready('v2 serves errors', async () => world.answer().text.includes('404'));
    const end = await act.run(world.platform().plan(request));
    expect(end.text).toContain('the check of version v1 passed');
    expect(end.state).toBe('done');
    expect(world.answer()).toEqual({ ok: true, text: 'v1' });
    expect(world.inspect().UpdateStatus?.State).toBe('rollback_completed');

    const back = { ...request, deploymentId: 'd2', fromVersion: 'v1', toVersion: 'v2' };
    const again = await act.run(world.platform().plan(back));
    expect(again.state).toBe('failed');
    expect(again.outputTail.join('\n')).toContain('was itself rolled back (rollback_completed)');
    expect(world.answer().text).toBe('v1');
  });

  it('refuses another swarm, another service of the name and a version that is not the previous one', async () => {
    update('--image', 'app:v2');
    const elsewhere = await act.run(world.platform({ cluster: 'a'.repeat(25) }).plan(request));
    expect(elsewhere.state).toBe('cancelled');
    const anew = await act.run(world.platform({ serviceId: 'b'.repeat(25) }).plan({ ...request, deploymentId: 'd2' }));
    expect(anew.state).toBe('cancelled');
    const older = await act.run(world.platform().plan({ ...request, toVersion: 'v0' }));
    expect(older.state).toBe('failed');
    expect(older.outputTail.join('\n')).toContain('Swarm can only go back to v1');
    expect(world.inspect().UpdateStatus?.State).toBe('completed');
  });

  it('tells a rollback Swarm made by itself as external', async () => {
    expect((await factsNow()).external).toBeNull();
    // Exit code 0: the update ends rolled back.
    update('--update-failure-action', 'rollback', '--image', 'app:v3');
    await ready('rolled back', async () => world.inspect().UpdateStatus?.State === 'rollback_completed');
    const { external, versions } = await factsNow();
    expect(external).toMatchObject({ by: 'swarm update-failure-action', toVersion: 'v1', inProgress: false });
    expect(versions).toMatchObject([{ version: 'v1', current: true }]);
    const end = await act.run(world.platform().plan({ ...request, fromVersion: 'v3' }));
    expect(end.state).toBe('cancelled');
    expect(end.text).toContain('version v1 serves, not v3 as planned');
  });

  it('rolls back an update that Swarm paused half-way', async () => {
    update('--image', 'app:v3');
    await ready('paused', async () => world.inspect().UpdateStatus?.State === 'paused');
    const end = await act.run(world.platform().plan({ ...request, fromVersion: 'v3' }));
    expect(end.state).toBe('done');
    expect(world.answer().text).toBe('v1');
  });
});
