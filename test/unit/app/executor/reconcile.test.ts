import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExecutor } from '../../../../src/app/executor/index.ts';
import type { Execution, ExecutionState, Plan } from '../../../../src/core/model/rollback.ts';
import type { ProcessMark } from '../../../../src/ports/process-mark.ts';
import { claimRun, prepareRun, readClaim } from '../../../../src/supervisor/run-directory.ts';
import { markOf } from '../../../../src/supervisor/process-mark.ts';
import {
  actBench,
  alice,
  approve,
  auto,
  fakeService,
  openTestStore,
  plan,
  proposalOf,
  removeDir,
  sh,
  supervisorEntry,
  unproven,
  type ActBench,
  type FakeService,
} from '../../../fakes/act-bench.ts';

let bench: ActBench;
let service: FakeService;
let dead: ProcessMark;

beforeEach(async () => {
  bench = actBench();
  service = fakeService(bench.dir.path);
  const child = spawn('/bin/sleep', ['60']);
  dead = markOf(child.pid!);
  child.kill('SIGKILL');
  await once(child, 'exit');
});
afterEach(() => bench.close());

/** An execution that a process of that mark left in that state. */
function left(state: ExecutionState, owner: ProcessMark, of: Plan = provenPlan()): Execution {
  const proposal = proposalOf(of);
  const approval = approve(bench.store, proposal);
  bench.store.savePlan(of);
  const first: Execution = {
    id: `e-${proposal.id}`,
    planId: of.id,
    proposalId: proposal.id,
    pipeline: of.pipeline,
    attempt: 1,
    state: 'approved',
    stepIndex: 0,
    dryRun: of.dryRun,
    fromVersion: of.fromVersion,
    toVersion: of.toVersion,
    startedAtMs: Date.now(),
    endedAtMs: null,
    exitCode: null,
    text: '',
    outputTail: [],
    by: approval.by,
  };
  expect(bench.store.beginExecution(first, owner)).toBe(true);
  expect(bench.store.acquire(of.target.id, 'the dead', first.id, 1).granted).toBe(true);
  const states: readonly ExecutionState[] = ['leased', 'executing', 'verifying'];
  for (const next of states.slice(0, states.indexOf(state) + 1)) bench.store.saveExecution({ ...first, state: next });
  return { ...first, state };
}

function provenPlan(change: Partial<Plan> = {}): Plan {
  return plan(service.rollback, {
    verify: { ...unproven, versionCommand: service.reader, healthAtLeast: 70 },
    ...change,
  });
}

function prepared(execution: Execution, of: Plan, index = 0): string {
  mkdirSync(join(bench.dir.path, 'runs'), { recursive: true });
  const dir = join(bench.dir.path, 'runs', `${execution.id}-${index}`);
  prepareRun(dir, {
    runId: `${execution.id}-${index}`,
    stepIndex: index,
    command: of.steps[index]!.command,
    graceMs: 100,
    outputMaxBytes: 1000,
    fileMode: 0o600,
    execution: { ...execution, state: 'executing', stepIndex: index },
    plan: of,
  });
  return dir;
}

describe('reconcile', () => {
  it.each(['approved', 'leased'] as const)('cancels what was only %s, and makes sure of it', async (state) => {
    const execution = left(state, dead);
    const dir = prepared(execution, provenPlan());
    expect(await bench.executor.reconcile()).toMatchObject([{ id: execution.id, state: 'cancelled' }]);
    expect(readClaim(dir)?.by).toBe('reconciler');
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('calls it unknown when a supervisor took it and left neither a start nor an end', async () => {
    const execution = left('executing', dead);
    claimRun(prepared(execution, provenPlan()), { by: 'supervisor', mark: dead, atMs: 1 }, 0o600);
    const [settled] = await bench.executor.reconcile();
    expect(settled).toMatchObject({ state: 'unknown' });
    expect(settled!.text).toContain('lost before it noted a start');
    expect(settled!.text).toContain('version v2 serves');
    expect(service.effectCount()).toBe(0);
    expect(bench.store.holderOf('target-1')).not.toBeNull();
  });

  it('calls it unknown when the record of the run is gone', async () => {
    left('executing', dead);
    expect(await bench.executor.reconcile()).toMatchObject([{ state: 'unknown' }]);
  });

  it('leaves alone what another process has in hand, or may have where that cannot be seen', async () => {
    const other = spawn('/bin/sleep', ['60']);
    left('leased', markOf(other.pid!));
    left(
      'leased',
      { ...dead, pidNamespace: 'pid:[1]' },
      provenPlan({ id: 'p2', target: { platform: 'shell', id: 't2', text: '' } }),
    );
    expect(await bench.executor.reconcile()).toEqual([]);
    expect(bench.store.unfinishedExecutions().map(({ state }) => state)).toEqual(['leased', 'leased']);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(await bench.executor.reconcile()).toHaveLength(1);
  });

  it('does not begin the next step of several', async () => {
    const of = plan(service.rollback, {
      steps: [0, 1].map((index) => ({ index, text: `step ${index}`, command: service.rollback })),
    });
    const execution = left('executing', dead, of);
    const first = prepared(execution, of);
    const next = prepared(execution, of, 1);
    const hash = createHash('sha256')
      .update(readFileSync(join(first, 'job.json')))
      .digest('hex');
    spawnSync(process.execPath, [supervisorEntry.file, first, hash]);
    const [settled] = await bench.executor.reconcile();
    expect(settled).toMatchObject({ state: 'failed', exitCode: 0 });
    expect(settled!.text).toContain('stopped after step 1 of 2, since rollwatch was restarted');
    expect(readClaim(next)?.by).toBe('reconciler');
    expect(service.effectCount()).toBe(1);
  });

  it('cancels a dry run that was cut off', async () => {
    left('executing', dead, provenPlan({ dryRun: true }));
    expect(await bench.executor.reconcile()).toMatchObject([{ state: 'cancelled', dryRun: true }]);
  });

  it('locks the target again when the database was lost during the act', async () => {
    const execution = left('executing', dead);
    claimRun(prepared(execution, provenPlan()), { by: 'supervisor', mark: dead, atMs: 1 }, 0o600);
    bench.store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(bench.dir.path, `rollwatch.db${suffix}`), { force: true });
    const { store } = openTestStore(bench.dir.path);
    expect(store.stateIntact).toBe(false);
    const executor = createExecutor({ ...bench.deps, store });
    expect(await executor.reconcile()).toMatchObject([{ id: execution.id, state: 'unknown' }]);
    expect(store.acquire('target-1', 'bob', 'other', 1)).toMatchObject({ granted: false });
    store.close();
    removeDir(bench.dir.path);
    bench = actBench();
  });
});

describe('resolve', () => {
  async function unknown(of: Plan = provenPlan()): Promise<string> {
    const execution = left('executing', dead, of);
    claimRun(prepared(execution, of), { by: 'supervisor', mark: dead, atMs: 1 }, 0o600);
    await bench.executor.reconcile();
    expect(bench.store.execution(execution.id)!.state).toBe('unknown');
    return execution.id;
  }

  it('goes by the version that is read back, whatever is said', async () => {
    const id = await unknown();
    expect(await bench.executor.resolve(id, alice, 'took-effect')).toMatchObject({
      state: 'failed',
      text: 'rollback failed: still version v2 (settled by alice)',
    });
    service.serve('v1');
    const other = await unknown(provenPlan({ id: 'p2' }));
    expect(await bench.executor.resolve(other, alice, 'had-no-effect')).toMatchObject({ state: 'done' });
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('needs a word where nothing can be read, and claims no more than that', async () => {
    const id = await unknown(plan(sh('true')));
    await expect(bench.executor.resolve(id, alice, null)).rejects.toThrow('say whether it took effect');
    await expect(bench.executor.resolve(id, auto, 'took-effect')).rejects.toThrow('only a person');
    expect(await bench.executor.resolve(id, alice, 'took-effect')).toMatchObject({
      state: 'unverified',
      text: 'alice says it took effect; which version serves cannot be read',
    });
    await expect(bench.executor.resolve(id, alice, null)).rejects.toThrow('is unverified, not unknown');
    await expect(bench.executor.resolve('x', alice, null)).rejects.toThrow('there is no execution x');
  });
});
