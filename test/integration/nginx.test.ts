import { appendFileSync, chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { strategyActions } from '../../src/core/plan/strategy-actions.ts';
import { withJudging } from '../../src/core/plan/with-judging.ts';
import type { Plan, Strategy } from '../../src/core/model/rollback.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { actBench, script, until, verdict, type ActBench } from '../fakes/act-bench.ts';
import { startLoad } from '../fakes/loopback.ts';
import { NGINX, nginxWorld, type NginxWorld } from '../fakes/nginx-world.ts';
import { describeWith } from './skip-loudly.ts';

const request = { pipeline: 'checkout', environment: null, deploymentId: 'd1', fromVersion: 'v2', toVersion: 'v1' };

describeWith('nginx', NGINX !== null, 'nginx: traffic between two sides of a real nginx', () => {
  let world: NginxWorld;
  let act: ActBench;
  beforeEach(async () => {
    world = await nginxWorld();
    act = actBench();
  });
  afterEach(async () => {
    act.close();
    await world.close();
  });

  function planned(platform: Platform, strategy: Strategy): Plan {
    const abilities = platform.abilities!();
    const actions = strategyActions(strategy, {
      abilities,
      ladder: [25, 50],
      servedPercent: 0,
      components: [],
      needs: {},
    });
    const judge = { healthAtLeast: 70, worseBy: 10, forMs: 500, holdMs: 30_000 };
    return withJudging(platform.plan({ ...request, strategy, actions }), judge);
  }

  it('switches back at once under load with no failed request', async () => {
    chmodSync(world.include, 0o640);
    const load = startLoad(world.port);
    const end = await act.run(planned(world.platform(), 'blue-green'));
    const { failed, answers } = await load.stop();
    expect(end.text).toContain('the check of version v1 passed');
    expect(end.state).toBe('done');
    expect(failed).toEqual([]);
    expect(answers['v1']).toBeGreaterThan(0);
    expect(world.written()).toMatch(
      new RegExp(
        `^#.*\nserver 127.0.0.1:${world.blue.port} weight=100;\nserver 127.0.0.1:${world.green.port} down;\n$`,
      ),
    );
    expect(statSync(world.include).mode & 0o777).toBe(0o640);
  });

  it('goes back step by step under load, each share asked of nginx itself', async () => {
    act.verdict = () => verdict({ health: { value: 40, confidence: 1, parts: [] } });
    const load = startLoad(world.port);
    const running = act.run(planned(world.platform(), 'progressive'));
    await until('the last step', () => act.changes.some(({ state }) => state === 'verifying'));
    act.verdict = () => verdict({ health: { value: 95, confidence: 1, parts: [] } });
    const end = await running;
    const { failed, answers, retried } = await load.stop();
    console.log(`nginx ladder: ${JSON.stringify(answers)}, ${failed.length} failed, ${retried} asked again`);
    expect(end.state).toBe('done');
    expect(failed).toEqual([]);
    expect(act.changes.filter(({ text }) => text.includes('read back (blue (v1) has')).length).toBeGreaterThanOrEqual(
      3,
    );
  });

  it('puts the old file back when the test of the configuration fails', async () => {
    const before = world.written();
    appendFileSync(join(world.root, 'nginx.conf'), 'nonsense;\n');
    const end = await act.run(planned(world.platform(), 'blue-green'));
    expect(end.state).toBe('failed');
    expect(end.outputTail.join('\n')).toMatch(
      /nginx -T refuses the configuration as it is: .*nonsense.*; nothing was changed/,
    );
    expect(world.written()).toBe(before);
  });

  it('says failed when the reload answers OK and changes nothing', async () => {
    const idle = script(join(world.root, 'nginx-idle'), `[ "$3" != -T ] || exec ${NGINX!} "$@"`);
    const end = await act.run(planned(world.platform({ nginx: idle, timeout: '12s' }), 'blue-green'));
    expect(end.state).toBe('failed');
    expect(end.outputTail.join('\n')).toContain('nginx was reloaded, but answers v2');
    expect(end.text).toContain('version v2 serves');
  });

  it('puts the old file back when the reload fails', async () => {
    const before = world.written();
    const broken = script(
      join(world.root, 'nginx-broken'),
      `[ "$3" = -s ] || exec ${NGINX!} "$@"; echo no master >&2; exit 1`,
    );
    const end = await act.run(planned(world.platform({ nginx: broken }), 'blue-green'));
    expect(end.outputTail.join('\n')).toContain('nginx -s reload failed, nginx goes on as before');
    expect(world.written()).toBe(before);
  });

  it('refuses a file that someone else writes too, and an earlier version that does not answer', async () => {
    world.blue.version = 'v0';
    expect((await act.run(planned(world.platform(), 'blue-green'))).state).toBe('cancelled');
    world.blue.version = 'v1';
    writeFileSync(world.include, `${world.written()}server 10.0.0.9:80;\n`);
    const end = await act.run({ ...planned(world.platform(), 'blue-green'), id: 'p2' });
    expect(end.state).toBe('cancelled');
  });
});
