import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaveRequest, readRequest } from '../../../../src/app/executor/act-request.ts';
import type { ExecutorDeps } from '../../../../src/app/executor/types.ts';
import type { Plan, PlanStep } from '../../../../src/core/model/rollback.ts';
import { specOf } from '../../../../src/core/series/metric-spec.ts';
import { actBench, alice, calm, sh, until, verdict, type ActBench } from '../../../fakes/act-bench.ts';
import { trafficService, type TrafficService } from '../../../fakes/traffic-service.ts';

let bench: ActBench;
let service: TrafficService;
let expired: Plan[];

beforeEach(() => open());
afterEach(() => bench.close());

function open(change: Partial<ExecutorDeps> = {}): void {
  expired = [];
  bench = actBench({ onHoldExpired: (_, plan) => expired.push(plan), ...change });
  service = trafficService(bench.dir.path);
}

/** Health follows the share of v1; that of each version where they are told apart. */
function healthBy(of: (share: number) => number, apart: () => Readonly<Record<string, number>> = () => ({})): void {
  bench.verdict = () =>
    verdict({
      health: { value: of(service.share()), confidence: 1, parts: [] },
      sides: Object.entries(apart()).map(([name, health]) => {
        return { name, version: name, health, trafficPerMinute: null, trafficShare: null };
      }),
    });
}

function check(script: string, rest: readonly PlanStep[]): readonly PlanStep[] {
  const first: PlanStep = {
    index: 0,
    text: 'capacity of v1 for 100 %',
    action: { kind: 'check-capacity', percent: 100 },
    command: sh(script),
  };
  return [first, ...rest.map((step) => ({ ...step, index: step.index + 1 }))];
}

async function held(): Promise<string> {
  await until('held', () => (bench.changes.at(-1)?.hold ?? null) !== null);
  return bench.changes.at(-1)!.id;
}

describe('a progressive rollback', () => {
  it('goes up its ladder while the health is not back, and is done when it is', async () => {
    healthBy((share) => (share === 100 ? 95 : 20 + share / 10));
    const end = await bench.run(service.plan(service.ladder([25, 50, 100])));
    expect(end).toMatchObject({ state: 'done', stepIndex: 2, text: 'version v1 serves again; health 95 held for 0 s' });
    expect(service.effects()).toEqual(['25', '50', '100']);
    const texts = bench.changes.map(({ text }) => text);
    expect(texts).toContain('traffic 25 %: read back (25)');
    expect(texts).toContain('traffic 25 %: not recovered yet: health 23 (20 before the step)');
  });

  it('stops and holds when the health recovers; the hold expires into a question', async () => {
    healthBy((share) => (share >= 50 ? 90 : 20));
    const end = await bench.run(service.plan(service.ladder([25, 50, 75, 100])));
    expect(end).toMatchObject({ state: 'failed', stepIndex: 1, hold: null });
    expect(end.text).toContain('stopped, held after step 2 of 4 (traffic 50 %): health has recovered: health 90');
    expect(end.text).toContain('nobody said within 0 s whether to go on; version v2 serves; a person must decide');
    expect(service.effects()).toEqual(['25', '50']);
    expect(expired).toHaveLength(1);
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('stops and holds when a step makes it worse', async () => {
    healthBy((share) => (share === 0 ? 50 : 20));
    const end = await bench.run(service.plan(service.ladder([25, 100])));
    expect(end.text).toContain('the step made it worse: health 20 (50 before the step)');
    expect(service.effects()).toEqual(['25']);
  });

  it('goes on from a hold when a person says so, and stops there when one says that', async () => {
    healthBy((share) => (share >= 25 ? 90 : 20));
    const running = bench.run(service.plan(service.ladder([25, 100], { holdMs: 10_000 })));
    const id = await held();
    // What was said before the hold does not count.
    leaveRequest(bench.dir, id, { kind: 'continue', by: alice, atMs: 1, reason: null });
    leaveRequest(bench.dir, id, { kind: 'continue', by: alice, atMs: Date.now(), reason: null });
    expect(await running).toMatchObject({ state: 'done', hold: null });
    expect(service.effects()).toEqual(['25', '100']);
    expect(readRequest(bench.dir, id)).toBeNull();
  });

  it('ends at a hold when a person aborts', async () => {
    healthBy((share) => (share >= 25 ? 90 : 20));
    const running = bench.run(service.plan(service.ladder([25, 100], { holdMs: 10_000 })));
    leaveRequest(bench.dir, await held(), { kind: 'abort', by: alice, atMs: Date.now(), reason: 'good enough' });
    const end = await running;
    expect(end).toMatchObject({ state: 'failed' });
    expect(end.text).toContain('aborted by alice (good enough); version v2 serves');
    expect(service.effects()).toEqual(['25']);
  });

  it('stops after the present step when it is aborted', async () => {
    healthBy(() => 20);
    const running = bench.run(service.plan(service.ladder([25, 50, 100], { forMs: 10_000 })));
    await until('judging', () => bench.changes.at(-1)?.text.startsWith('judging') ?? false);
    leaveRequest(bench.dir, bench.changes.at(-1)!.id, { kind: 'abort', by: alice, atMs: Date.now(), reason: null });
    expect(await running).toMatchObject({
      state: 'cancelled',
      text: 'stopped before step 2 of 3, the steps before it were run: aborted by alice',
    });
    expect(service.effects()).toEqual(['25']);
  });

  it('goes no further without live data to judge a step by', async () => {
    bench.verdict = () => verdict({ freshness: service.share() === 0 ? 'live' : 'stale' });
    const end = await bench.run(service.plan(service.ladder([25, 100])));
    expect(end).toMatchObject({ state: 'failed' });
    expect(end.text).toBe('stopped after step 1 of 2: there is no live data to judge the step by; version v2 serves');
  });

  it('is not content with a healthy blend while the bad version serves in it', async () => {
    bench.close();
    open();
    healthBy(
      () => 90,
      () => (service.share() === 100 ? { v1: 95 } : { v1: 95, v2: 10 }),
    );
    const end = await bench.run(service.plan(service.ladder([25, 50, 100])));
    expect(end.state).toBe('done');
    expect(service.effects()).toEqual(['25', '50', '100']);
    const texts = bench.changes.map(({ text }) => text);
    expect(texts).toContain(
      'traffic 25 %: not recovered yet: health 90 (90 before the step), earlier version 95, present 10',
    );
  });

  it('is not done at the end either while a bad side still serves', async () => {
    bench.close();
    open();
    healthBy(
      () => 90,
      () => ({ v1: 95, v2: 10 }),
    );
    const plan = service.plan(service.ladder([100]));
    const end = await bench.run({ ...plan, verify: { ...plan.verify, withinMs: 200 } });
    expect(end).toMatchObject({ state: 'restored-unhealthy' });
    expect(end.text).toContain('health is 10, not 70 or more');
  });
});

describe('A/B', () => {
  /** Errors per sample of each version while both serve. */
  function serving(present: number, earlier: number): void {
    bench.close();
    const of = (mean: number) => {
      const values = Float64Array.from({ length: 40 }, (_, i) => mean * (1 + ((i * 7) % 11) / 50));
      return new Map([['error_rate', { spec: specOf('error_rate'), values }]]);
    };
    open({ samplesOf: (_, version) => of(version === 'v2' ? present : earlier) });
    healthBy((share) => (share === 100 ? 95 : 50));
  }

  const ab = (): Plan => service.plan(service.ladder([50, 100], { forMs: 150 }), { strategy: 'ab' });

  it('goes on when the present version is the worse one by its own samples', async () => {
    serving(6, 1);
    const end = await bench.run(ab());
    expect(end.state).toBe('done');
    expect(bench.changes.map(({ text }) => text).join()).toContain('v2 is the worse one: error_rate');
  });

  it('stops and asks when neither is: the version is not to blame', async () => {
    serving(1, 1);
    const end = await bench.run(ab());
    expect(end.text).toContain('neither version is worse in any of 1 metrics: the version is not to blame');
    expect(service.effects()).toEqual(['50']);
  });

  it('stops and asks when the earlier one is', async () => {
    serving(1, 6);
    const end = await bench.run(ab());
    expect(end.text).toContain('v1 is the worse one: error_rate');
    expect(service.effects()).toEqual(['50']);
  });

  it('goes by the health where versions are not told apart', async () => {
    healthBy((share) => (share >= 50 ? 95 : 20));
    const end = await bench.run(ab());
    expect(end.text).toContain('health has recovered');
  });
});

describe('a step that only reads', () => {
  it('comes first: without the capacity nothing is run', async () => {
    const end = await bench.run(
      service.plan(check('echo "3 of 6 instances are there"; exit 1', service.ladder([25, 100]))),
    );
    expect(end).toMatchObject({ state: 'cancelled', exitCode: 1 });
    expect(end.text).toBe('nothing was run: capacity of v1 for 100 %: 3 of 6 instances are there');
    expect(service.effects()).toEqual([]);
  });

  it('is no unknown when it does not end, for it can have changed nothing', async () => {
    const steps = check('sleep 60', service.ladder([100]));
    const slow = steps.map((step) =>
      step.index === 0 ? { ...step, command: { ...step.command, timeoutMs: 80 } } : step,
    );
    const end = await bench.run(service.plan(slow));
    expect(end).toMatchObject({
      state: 'cancelled',
      text: 'nothing was run: capacity of v1 for 100 %: no answer in time',
    });
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('leaves the wanted version as it was approved: what is deployed on top cancels', async () => {
    healthBy(() => 20);
    const steps = check('true', service.ladder([100]));
    const over = await bench.run(service.plan(steps, { fromVersion: 'v3' }));
    expect(over).toMatchObject({ state: 'cancelled', text: 'nothing was run: version v2 serves, not v3 as planned' });
  });
});

describe('a step is read back', () => {
  it('and one that answers well and changes nothing is failed', async () => {
    const [first, ...rest] = service.ladder([25, 100]);
    const plan = service.plan([{ ...first!, command: sh('echo OK') }, ...rest]);
    const end = await bench.run({ ...plan, verify: { ...plan.verify, withinMs: 150 } });
    expect(end.state).toBe('failed');
    expect(end.text).toContain('rollback failed: step 1 of 2 exited with 0 and did not take effect');
    expect(end.text).toContain('version v2 serves');
    expect(service.effects()).toEqual([]);
  });
});

describe('a step that failed', () => {
  const busy =
    'n=$(cat "$PROBE/tries" 2>/dev/null || echo 0); echo $((n+1)) > "$PROBE/tries"; [ "$n" -ge 2 ] || exit 75';
  const retry = { attempts: 4, backoffMs: 5, exitCodes: [75] };

  it('is run again where the platform says that nothing was changed', async () => {
    const steps = service.ladder([100]).map((step) => ({ ...step, command: service.set(100, busy), retry }));
    const end = await bench.run(service.plan(steps));
    expect(end).toMatchObject({ state: 'done', stepTry: 2 });
    expect(service.effects()).toEqual(['100']);
  });

  it.each([
    ['by another exit code', 'exit 1', retry, 1],
    ['without the word of the platform', 'exit 75', null, 1],
    ['for ever', 'exit 75', { ...retry, attempts: 2 }, 2],
  ] as const)('is not run again %s', async (_, script, allowed, runs) => {
    const command = service.set(100, `echo x >> "$PROBE/runs-of-it"; ${script}`);
    const steps = service.ladder([100]).map((step) => ({ ...step, command, retry: allowed }));
    const end = await bench.run(service.plan(steps));
    expect(end).toMatchObject({ state: 'failed', stepTry: runs - 1 });
    expect(service.effects()).toEqual([]);
  });

  it('is not run again after a halt', async () => {
    bench.close();
    open({
      standing: () => ({ ...calm, halted: existsSync(join(bench.dir.path, 'tries')) ? 'storm' : null }),
    });
    const steps = service.ladder([100]).map((step) => ({ ...step, command: service.set(100, busy), retry }));
    const end = await bench.run(service.plan(steps));
    expect(end.state).toBe('cancelled');
    expect(end.text).toContain('a first run that changed nothing: rollwatch is halted: storm');
    expect(service.effects()).toEqual([]);
  });
});

describe('a rollback of the platform itself', () => {
  function facts(external: object | null): Plan {
    const factsCommand = sh(`echo '${JSON.stringify({ versions: [], external })}'`);
    return service.plan(service.ladder([100]), { factsCommand });
  }

  it('is recorded as external and not answered with a second one', async () => {
    const end = await bench.run(facts({ by: 'swarm update-failure-action', text: 'to v1', inProgress: true }));
    expect(end).toMatchObject({
      state: 'cancelled',
      text: 'nothing was run: external: swarm update-failure-action rolls it back already (to v1)',
    });
    expect(service.effects()).toEqual([]);
  });

  it('that is over, or of which nothing is known, keeps nobody from acting', async () => {
    expect((await bench.run(facts(null))).state).toBe('done');
  });
});
