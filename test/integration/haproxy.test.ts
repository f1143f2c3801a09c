import { afterEach, beforeEach, expect, it } from 'vitest';
import { leaveRequest } from '../../src/app/executor/act-request.ts';
import { strategyActions } from '../../src/core/plan/strategy-actions.ts';
import { withJudging } from '../../src/core/plan/with-judging.ts';
import type { Plan, Strategy } from '../../src/core/model/rollback.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { actBench, alice, until, verdict, type ActBench } from '../fakes/act-bench.ts';
import { HAPROXY, haproxyWorld, type HaproxyWorld } from '../fakes/haproxy-world.ts';
import { ready, startLoad } from '../fakes/loopback.ts';
import { describeWith } from './skip-loudly.ts';

const request = { pipeline: 'checkout', environment: null, deploymentId: 'd1', fromVersion: 'v2', toVersion: 'v1' };
const JUDGE = { healthAtLeast: 70, worseBy: 10, forMs: 600, holdMs: 60_000 };

let world: HaproxyWorld;
let act: ActBench;
beforeEach(async () => {
  world = await haproxyWorld();
  act = actBench();
});
afterEach(async () => {
  act.close();
  await world.close();
});

function planned(platform: Platform, strategy: Strategy, ladder: readonly number[] = [10, 25, 50]): Plan {
  const situation = { abilities: platform.abilities!(), ladder, servedPercent: 0, components: [], needs: {} };
  const actions = strategyActions(strategy, situation);
  return withJudging(platform.plan({ ...request, strategy, actions }), JUDGE);
}

function healthOf(value: number): () => ReturnType<typeof verdict> {
  return () => verdict({ health: { value, confidence: 1, parts: [] } });
}

/** Where the ladder stands, by what HAProxy itself states. */
async function shareOfBlue(): Promise<number> {
  const { blue1, blue2, green1 } = await world.weights();
  return (100 * (blue1! + blue2!)) / (blue1! + blue2! + green1!);
}

describeWith('haproxy', HAPROXY !== null, 'haproxy: traffic between two sides of a real HAProxy', () => {
  it('switches back at once under load with no failed request', async () => {
    const load = startLoad(world.port);
    const end = await act.run(planned(world.platform(), 'blue-green'));
    load.take();
    await until('answers after the switch', () => load.answered() > 20);
    const { failed, answers, retried } = await load.stop();
    expect(retried).toBe(0);
    expect(end.text).toContain('the check of version v1 passed');
    expect(end.state).toBe('done');
    expect(failed).toEqual([]);
    expect(Object.keys(answers)).toEqual(['v1']);
    expect(await shareOfBlue()).toBe(100);
  });

  it('goes back step by step under load with no failed request, each share read back', async () => {
    const load = startLoad(world.port);
    act.verdict = healthOf(40);
    const plan = planned(world.platform(), 'progressive');
    expect(plan.steps.map(({ action }) => action)).toEqual([
      { kind: 'check-capacity', percent: 100 },
      ...[10, 25, 50, 100].map((percent) => ({ kind: 'traffic', percent })),
    ]);
    const running = act.run(plan);
    await until('the last step', () => act.changes.some(({ state }) => state === 'verifying'));
    act.verdict = healthOf(95);
    const end = await running;
    const { failed, answers, retried } = await load.stop();
    expect(retried).toBe(0);
    expect(end.state).toBe('done');
    expect(failed).toEqual([]);
    expect(answers['v1']).toBeGreaterThan(100);
    expect(answers['v2']).toBeGreaterThan(100);
    const proofs = act.changes
      .map(({ text }) => /read back \((blue \(v1\) has [\d.]+ %)/.exec(text)?.[1])
      .filter(Boolean);
    expect(new Set(proofs).size).toBe(4);
    console.log(`haproxy ladder: ${JSON.stringify(answers)}, ${failed.length} failed`);
  });

  it('stops where health recovers on the way, says so, and goes on only when a person says so', async () => {
    act.verdict = healthOf(40);
    const running = act.run(planned(world.platform(), 'progressive'));
    await until('a quarter', () => act.changes.some(({ text }) => text.includes('give v1 25 %')));
    act.verdict = healthOf(96);
    await until('it holds', () => act.changes.at(-1)?.hold?.why === 'recovered');
    const held = act.changes.at(-1)!;
    expect(held.text).toMatch(/held after step \d of 5 .*health has recovered.*goes on only if a person says so/);
    const share = await shareOfBlue();
    expect(share).toBeLessThan(51);
    expect(share).toBeGreaterThan(24);
    leaveRequest(act.dir, held.id, { kind: 'abort', by: alice, atMs: Date.now(), reason: 'good enough' });
    const end = await running;
    expect(end.state).toBe('failed');
    expect(end.text).toContain('good enough');
    expect(await shareOfBlue()).toBe(share);
  });

  it('compares both versions side by side and drains the one that lost', async () => {
    act.verdict = healthOf(40);
    const running = act.run(planned(world.platform(), 'ab'));
    await until('the last step', () => act.changes.some(({ state }) => state === 'verifying'));
    act.verdict = healthOf(95);
    expect((await running).state).toBe('done');
    expect(await world.runtime('show servers state checkout')).toMatch(/ green1 \S+ \d 8 /);
  });

  it('keeps the shares over a reload by the state file, and says where there is none', async () => {
    const platform = world.platform();
    await act.run(planned(platform, 'blue-green'));
    await world.reload();
    expect(await shareOfBlue()).toBe(100);
    expect(platform.plan(request).notUndone).toEqual([]);
    expect(world.platform({ stateFile: undefined }).plan(request).notUndone[0]).toContain('reload of HAProxy puts');
  });

  it('sees that a reload without a state file has put the bad version back', async () => {
    const end = await act.run(planned(world.platform({ stateFile: undefined }), 'blue-green'));
    expect(end.state).toBe('done');
    expect(end.outputTail.join('\n')).toContain('not kept: a reload');
    await world.reload();
    const again = await act.run(world.platform({ stateFile: undefined }).plan({ ...request, deploymentId: 'd2' }));
    expect(again.state).toBe('done');
    expect(await shareOfBlue()).toBe(100);
  });

  it('refuses before the first change when the earlier version is down', async () => {
    for (const server of world.blue) server.close();
    await ready('it is seen', async () => /blue2 \S+ 0 /.test(await world.runtime('show servers state checkout')));
    const end = await act.run(planned(world.platform(), 'blue-green'));
    expect(end.state).toBe('cancelled');
    expect(end.text).toContain('nothing was run');
    expect(await shareOfBlue()).toBe(0);
  });

  it('refuses another node, another version and a server of neither side', async () => {
    const elsewhere = await act.run(planned(world.platform({ node: 'other-box' }), 'blue-green'));
    expect(elsewhere.state).toBe('cancelled');
    world.green[0]!.version = 'v3';
    const replaced = await act.run({ ...planned(world.platform(), 'blue-green'), id: 'p2' });
    expect(replaced.state).toBe('cancelled');
    expect(replaced.text).toContain('version v3 serves, not v2 as planned');
    expect(await shareOfBlue()).toBe(0);
  });

  it('opens a side in maintenance with the step that gives it traffic', async () => {
    await world.runtime('set server checkout/blue1 state maint');
    await world.runtime('set server checkout/blue2 state maint');
    const load = startLoad(world.port);
    expect((await act.run(planned(world.platform(), 'blue-green'))).state).toBe('done');
    expect((await load.stop()).failed).toEqual([]);
    expect(await shareOfBlue()).toBe(100);
  });

  it('shows what HAProxy says where the algorithm takes no weights', async () => {
    await world.close();
    world = await haproxyWorld('static-rr');
    const end = await act.run(planned(world.platform(), 'progressive'));
    expect(end.state).toBe('failed');
    expect(end.outputTail.join('\n')).toContain('static LB algorithm');
    expect(await shareOfBlue()).toBe(0);
  });
});
