import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/core/model/rollback.ts';
import {
  actBench,
  alice,
  approve,
  auto,
  calm,
  command,
  fakeService,
  plan,
  proposalOf,
  sh,
  supervisorEntry,
  unproven,
  verdict,
  type ActBench,
  type FakeService,
} from '../../../fakes/act-bench.ts';

let bench: ActBench;
let service: FakeService;

beforeEach(() => {
  bench = actBench();
  service = fakeService(bench.dir.path);
});
afterEach(() => bench.close());

function proven(change: Partial<Plan> = {}): Plan {
  const verify = { ...unproven, versionCommand: service.reader, healthAtLeast: 70 };
  return plan(service.rollback, { verify, ...change });
}

describe('a rollback', () => {
  it('is done after the version was read back and the health has come back', async () => {
    const end = await bench.run(proven());
    expect(end).toMatchObject({ state: 'done', exitCode: 0, by: alice });
    expect(end.text).toBe('version v1 serves again; health 95 held for 0 s');
    expect(service.effectCount()).toBe(1);
    expect(bench.store.execution(end.id)).toEqual(end);
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('goes through its states in order, each on disk when it is announced', async () => {
    const onDisk: string[] = [];
    bench = withOnChange((execution) => onDisk.push(bench.store.execution(execution.id)!.state));
    service = fakeService(bench.dir.path);
    await bench.run(proven());
    const steps = onDisk.filter((state, index) => state !== onDisk[index - 1]);
    expect(steps).toEqual(['approved', 'leased', 'executing', 'verifying', 'done']);
  });

  it.each([
    ['exits 0 and changes nothing', sh('true'), 'failed', 'rollback failed: still version v2'],
    ['fails', sh('exit 3'), 'failed', 'rollback failed: the command exited with 3; version v2 serves'],
    ['is killed', sh('kill -9 $$'), 'failed', 'rollback failed: the command was ended by SIGKILL; version v2 serves'],
    ['cannot be started', command(['/nowhere/rollback']), 'failed', 'nothing was run: spawn /nowhere/rollback ENOENT'],
  ] as const)('that %s is %s', async (_, step, state, text) => {
    const end = await bench.run({ ...proven(), steps: [{ index: 0, text: 'roll back', command: step }] });
    expect(end.state).toBe(state);
    expect(end.text).toContain(text);
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('is restored-unhealthy when the version is back and the health is not', async () => {
    bench.verdict = () => verdict({ health: { value: 30, confidence: 1, parts: [] } });
    const end = await bench.run(proven());
    expect(end).toMatchObject({
      state: 'restored-unhealthy',
      text: 'version v1 serves again, but health is 30, not 70 or more',
    });
  });

  it('is unverified when no live data tells whether it recovered', async () => {
    let asked = 0;
    bench.verdict = () => verdict({ freshness: (asked += 1) === 1 ? 'live' : 'stale' });
    const end = await bench.run(proven());
    expect(end.state).toBe('unverified');
    expect(end.text).toContain('no live data');
  });

  it('is unverified when the verdict is never renewed, and done when the health holds', async () => {
    const verify = { ...unproven, versionCommand: service.reader, healthAtLeast: 70, healthForMs: 60, withinMs: 400 };
    const later = Date.now() + 60_000;
    bench.verdict = () => verdict({ atMs: later });
    expect((await bench.run(proven({ verify }))).state).toBe('unverified');
    service.serve('v2');
    bench.verdict = () => verdict();
    expect((await bench.run(proven({ id: 'plan-2', verify: { ...verify, withinMs: 8000 } }))).state).toBe('done');
  });

  it('is unverified without a verify step, even when the health is good', async () => {
    const end = await bench.run(plan(service.rollback, { verify: { ...unproven, healthAtLeast: 70 } }));
    expect(end.state).toBe('unverified');
    expect(end.text).toContain('nothing is configured to read the version back');
  });

  it('takes a verify command as a read-back', async () => {
    const check = sh('grep -q v1 "$VERSION"', { VERSION: service.version });
    const end = await bench.run(
      plan(service.rollback, { verify: { ...unproven, verifyCommand: check, healthAtLeast: 70 } }),
    );
    expect(end.state).toBe('done');
    service.serve('v9');
    const again = await bench.run(
      plan(sh('true'), { id: 'plan-2', verify: { ...unproven, verifyCommand: check, healthAtLeast: 70 } }),
    );
    expect(again).toMatchObject({ state: 'failed', text: 'rollback failed: /bin/sh exited with 1' });
  });
});

describe('after the act', () => {
  it('an announcement that fails is told and stops nothing', async () => {
    bench = withOnChange((execution) => {
      if (execution.state === 'verifying') throw new Error('the audit is full');
    });
    service = fakeService(bench.dir.path);
    const end = await bench.run(proven());
    expect(end.state).toBe('done');
    expect(end.text).toContain('not everything was announced: the audit is full');
  });
});

describe('nothing is run', () => {
  it.each([
    ['halted', { halted: 'storm' }, 'rollwatch is halted: storm'],
    ['read-only', { readOnly: true }, 'read-only'],
    ['the config is not trusted', { configTrusted: false }, 'not trusted'],
  ] as const)('when %s', async (_, change, text) => {
    bench.standing = { ...calm, ...change };
    const end = await bench.run(proven());
    expect(end.state).toBe('cancelled');
    expect(end.text).toContain(text);
    expect(service.effectCount()).toBe(0);
  });

  it.each([
    ['state was lost', { stateIntact: false }],
    ['the lease is not shared', { leaseShared: false }],
  ] as const)('by itself when %s, but by a person it is', async (_, change) => {
    bench.standing = { ...calm, ...change };
    expect((await bench.run(proven(), auto)).state).toBe('cancelled');
    expect(service.effectCount()).toBe(0);
    expect((await bench.run(proven())).state).toBe('done');
  });

  it.each(['recorded', 'stale', 'replayed', 'future'] as const)('on data that is %s', async (freshness) => {
    bench.verdict = () => verdict({ freshness });
    const end = await bench.run(proven());
    expect(end).toMatchObject({
      state: 'cancelled',
      text: `nothing was run: the data of checkout is not live but ${freshness}`,
    });
    expect(service.effectCount()).toBe(0);
  });

  it('without data', async () => {
    bench.verdict = null;
    expect((await bench.run(proven())).state).toBe('cancelled');
    expect(service.effectCount()).toBe(0);
  });

  it('when another version serves than the one the plan replaces', async () => {
    service.serve('v3');
    const end = await bench.run(proven());
    expect(end).toMatchObject({ state: 'cancelled', text: 'nothing was run: version v3 serves, not v2 as planned' });
    expect(service.effectCount()).toBe(0);
  });

  it('when the version cannot be read', async () => {
    const end = await bench.run(proven({ verify: { ...unproven, versionCommand: command(['/bin/false']) } }));
    expect(end.state).toBe('cancelled');
    expect(service.effectCount()).toBe(0);
  });

  it('when halted between two steps; what was run is said', async () => {
    const steps = [0, 1].map((index) => ({ index, text: `step ${index}`, command: service.rollback }));
    bench.standing = calm;
    Object.defineProperty(bench, 'standing', {
      get: () => ({ ...calm, halted: service.effectCount() > 0 ? 'enough' : null }),
    });
    const end = await bench.run(plan(service.rollback, { steps }));
    expect(end.state).toBe('cancelled');
    expect(end.text).toBe('stopped before step 2 of 2, the steps before it were run: rollwatch is halted: enough');
    expect(service.effectCount()).toBe(1);
  });

  it('without an approval on record', async () => {
    const proposal = proposalOf(proven());
    bench.store.saveProposal(proposal);
    const forged = { proposalId: proposal.id, planId: proposal.plan.id, by: alice, atMs: 1, reason: null };
    await expect(bench.executor.execute(proposal, forged)).rejects.toThrow('no approval');
    expect(service.effectCount()).toBe(0);
  });

  it('when the plan is not the one that was shown', async () => {
    const proposal = proposalOf(proven());
    const approval = approve(bench.store, proposal);
    const other = {
      ...proposal,
      plan: { ...proposal.plan, steps: [{ index: 0, text: 'other', command: sh('true') }] },
    };
    await expect(bench.executor.execute(other, approval)).rejects.toThrow('not the one that was approved');
  });

  it('when the act cannot be announced', async () => {
    bench = withOnChange((execution) => {
      if (execution.state === 'executing') throw new Error('the audit is full');
    });
    service = fakeService(bench.dir.path);
    const end = await bench.run(proven());
    expect(end.state).toBe('cancelled');
    expect(service.effectCount()).toBe(0);
  });

  it('a second time for the same approval or the same plan', async () => {
    const proposal = proposalOf(proven());
    const approval = approve(bench.store, proposal);
    const both = await Promise.all([
      bench.executor.execute(proposal, approval),
      bench.executor.execute(proposal, approval),
    ]);
    expect(both[0].id).toBe(both[1].id);
    service.serve('v2');
    const again = await bench.run(proven());
    expect(again.state).toBe('cancelled');
    expect(again.text).toContain('carried this plan out already');
    expect(service.effectCount()).toBe(1);
  });
});

describe('a dry run', () => {
  it('takes the same way without a process', async () => {
    const canary = join(bench.dir.path, 'canary');
    const spy = sh(`touch ${canary}`);
    const dry = proven({
      dryRun: true,
      dryRunBecause: 'no rollback is configured',
      verify: { ...unproven, versionCommand: spy, verifyCommand: spy },
      steps: [{ index: 0, text: 'roll back', command: spy }],
    });
    bench.verdict = () => verdict({ freshness: 'recorded' });
    const end = await bench.run(dry);
    expect(end).toMatchObject({ state: 'unverified', dryRun: true, exitCode: null });
    expect(end.text).toBe('dry run: nothing was run (no rollback is configured)');
    expect(bench.changes.map(({ state }) => state)).toEqual(['approved', 'leased', 'executing', 'unverified']);
    expect(existsSync(canary)).toBe(false);
    expect(existsSync(join(bench.dir.path, 'runs'))).toBe(false);
    expect(bench.store.history(Date.now()).rollbacks).toEqual([]);
  });
});

describe('output', () => {
  it('is streamed, redacted and made visible; the secret is in no file of the state', async () => {
    bench.close();
    bench = actBench({ env: { DEPLOY_SECRET: 'hunter2hunter2' } });
    service = fakeService(bench.dir.path);
    const step = {
      ...sh(
        `printf 'a\\033[31mb %s\\nAuthorization: Bearer abcdefghij123\\n' "$DEPLOY_SECRET"; sh -c 'test -n "$DEPLOY_SECRET"'`,
      ),
      envFrom: ['DEPLOY_SECRET'],
    };
    const end = await bench.run(plan(step));
    expect(end.exitCode).toBe(0);
    expect(end.outputTail).toEqual(['a␛[31mb [redacted]', 'Authorization: [redacted]']);
    const run = join(bench.dir.path, 'runs', `${end.id}-0`);
    for (const name of readdirSync(run).filter((file) => file !== 'output.log')) {
      expect(readFileSync(join(run, name), 'utf8')).not.toContain('hunter2');
    }
    expect(JSON.stringify(bench.store.execution(end.id))).not.toContain('hunter2');
  });
});

describe('a command that does not end', () => {
  it('is unknown after its timeout: group stopped, lease kept, a second plan refused, a person settles it', async () => {
    const detached = `trap '' TERM; setsid sh -c 'trap "" TERM; while [ ! -e "$GATE" ]; do sleep 0.02; done; echo effect >> "$EFFECTS"; echo v1 > "$VERSION"' & wait; sleep 60`;
    const gate = join(bench.dir.path, 'gate');
    const env = { EFFECTS: service.effects, VERSION: service.version, GATE: gate };
    const end = await bench.run({
      ...proven(),
      steps: [{ index: 0, text: 'roll back', command: sh(detached, env, 300) }],
    });
    expect(end.state).toBe('unknown');
    expect(end.text).toContain('may still run');
    expect(end.text).toContain('still running here: sh (process');
    expect(end.text).toContain('version v2 serves');

    const second = await bench.run(proven({ id: 'plan-2' }));
    expect(second.state).toBe('cancelled');
    expect(second.text).toContain('is unknown: a person must resolve it first');
    await expect(bench.executor.resolve(end.id, alice, null)).rejects.toThrow('still running here');

    writeFileSync(gate, '');
    await expect.poll(() => service.effectCount()).toBe(1);
    await expect.poll(async () => (await settled(end.id)).state, { timeout: 5000 }).toBe('done');
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  async function settled(id: string): Promise<{ readonly state: string }> {
    try {
      return await bench.executor.resolve(id, alice, null);
    } catch (error) {
      return { state: (error as Error).message };
    }
  }
});

describe('a supervisor that does not begin', () => {
  it('leaves the act cancelled, with the proof that it never will', async () => {
    bench.close();
    bench = actBench({ supervisorEntry: { ...supervisorEntry, file: '/nowhere/supervisor.mjs' } });
    service = fakeService(bench.dir.path);
    const end = await bench.run(proven());
    expect(end).toMatchObject({ state: 'cancelled', text: 'nothing was run: its supervisor did not begin' });
    expect(service.effectCount()).toBe(0);
  });
});

function withOnChange(onChange: (execution: { readonly id: string; readonly state: string }) => void): ActBench {
  bench.close();
  return actBench({ onChange });
}
