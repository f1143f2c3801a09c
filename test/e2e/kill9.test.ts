import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../src/core/model/rollback.ts';
import { readChild, readClaim, readResult } from '../../src/supervisor/run-directory.ts';
import {
  actBench,
  approve,
  fakeService,
  plan,
  proposalOf,
  sh,
  supervisorEntry,
  unproven,
  until,
  type ActBench,
  type FakeService,
} from '../fakes/act-bench.ts';
import { startDriver, type Driver } from '../fakes/driver-process.ts';

/** The command says where it is and waits for the test at two places: before its effect and after it. */
const COMMAND = `
echo x >> "$PROBE/began"
while [ ! -e "$PROBE/go" ]; do sleep 0.02; done
echo effect >> "$EFFECTS"; echo v1 > "$VERSION"
echo x >> "$PROBE/acted"
while [ ! -e "$PROBE/end" ]; do sleep 0.02; done
`;

let bench: ActBench;
let service: FakeService;
let drivers: Driver[];

beforeEach(() => {
  bench = actBench();
  service = fakeService(bench.dir.path);
  drivers = [];
});
afterEach(async () => {
  open('go');
  open('end');
  for (const driver of drivers.filter(({ child }) => child.exitCode === null && child.signalCode === null)) {
    await driver.kill();
  }
  bench.close();
});

function probe(name: string): string {
  return join(bench.dir.path, name);
}

function open(gate: string): void {
  writeFileSync(probe(gate), '');
}

async function reached(name: string): Promise<void> {
  await until(name, () => existsSync(probe(name)));
}

function approvedProposal(): string {
  const env = { EFFECTS: service.effects, VERSION: service.version, PROBE: bench.dir.path };
  const verify = { ...unproven, versionCommand: service.reader, healthAtLeast: 70, withinMs: 5000 };
  const proposal = proposalOf(plan(sh(COMMAND, env), { verify }));
  approve(bench.store, proposal);
  return proposal.id;
}

function start(...args: readonly string[]): Driver {
  const driver = startDriver(bench.dir.path, ...args);
  drivers.push(driver);
  return driver;
}

function execution(): Execution {
  const [only, ...others] = bench.store.recentExecutions(10);
  expect(others).toEqual([]);
  return only!;
}

function runDir(): string {
  return join(bench.dir.path, 'runs', `${execution().id}-0`);
}

/** What a new rollwatch makes of it, twice: a second start must change nothing. */
async function restart(): Promise<Execution> {
  await bench.executor.reconcile();
  const settled = execution();
  await bench.executor.reconcile();
  expect(execution()).toEqual(settled);
  return settled;
}

async function targetIsLocked(): Promise<boolean> {
  const next = plan(sh('true'), { id: 'plan-next' });
  return (await bench.run(next)).text.includes('must resolve it first');
}

describe('kill -9 of rollwatch', () => {
  it('before the intent: cancelled, nothing was run', async () => {
    const { signal } = await start('run', approvedProposal(), 'leased', 'SIGKILL').ended();
    expect(signal).toBe('SIGKILL');
    expect(execution().state).toBe('leased');
    expect(await restart()).toMatchObject({
      state: 'cancelled',
      text: 'nothing was run: rollwatch ended before it began',
    });
    expect(service.effectCount()).toBe(0);
  });

  it('after the intent: cancelled with proof, and a late supervisor begins nothing', async () => {
    await start('run', approvedProposal(), 'executing', 'SIGKILL').ended();
    expect(execution().state).toBe('executing');
    open('go');
    open('end');
    expect(await restart()).toMatchObject({
      state: 'cancelled',
      text: 'nothing was run: its supervisor did not begin',
    });
    const hash = createHash('sha256')
      .update(readFileSync(join(runDir(), 'job.json')))
      .digest('hex');
    const late = spawnSync(process.execPath, [supervisorEntry.file, runDir(), hash]);
    expect(late.status).toBe(0);
    expect(service.effectCount()).toBe(0);
    expect(bench.store.holderOf('target-1')).toBeNull();
  });

  it('after the start, before the effect: the command goes on, is followed and read back', async () => {
    const driver = start('run', approvedProposal());
    await reached('began');
    await driver.kill();
    const settling = bench.executor.reconcile();
    open('go');
    open('end');
    await settling;
    expect(await restart()).toMatchObject({ state: 'done', exitCode: 0 });
    expect(service.effectCount()).toBe(1);
  });

  it('after the effect, before the end of the command: done, once', async () => {
    const driver = start('run', approvedProposal());
    open('go');
    await reached('acted');
    await driver.kill();
    open('end');
    expect(await restart()).toMatchObject({ state: 'done', exitCode: 0 });
    expect(service.effectCount()).toBe(1);
  });

  it('after the result, before it was seen: done, once', async () => {
    const driver = start('run', approvedProposal());
    open('go');
    await reached('acted');
    driver.child.kill('SIGSTOP');
    open('end');
    await until('result', () => readResult(runDir()) !== null);
    await driver.kill();
    expect(execution().state).toBe('executing');
    expect(await restart()).toMatchObject({ state: 'done', exitCode: 0 });
    expect(service.effectCount()).toBe(1);
  });

  it('while verifying: verified by the next one', async () => {
    open('no-data');
    const driver = start('run', approvedProposal());
    open('go');
    open('end');
    await until('verifying', () => bench.store.recentExecutions(1)[0]?.state === 'verifying');
    await driver.kill();
    expect(await restart()).toMatchObject({ state: 'done' });
    expect(service.effectCount()).toBe(1);
  });

  it('leaves two that start at once to settle it once', async () => {
    const driver = start('run', approvedProposal());
    await reached('began');
    await driver.kill();
    const both = [start('reconcile'), start('reconcile')];
    open('go');
    open('end');
    await Promise.all(both.map((one) => one.ended()));
    expect(execution().state).toBe('done');
    expect(service.effectCount()).toBe(1);
  });
});

describe('kill -9 of the supervisor', () => {
  it('with rollwatch, after the effect and before the result: unknown, locked, never run again', async () => {
    const driver = start('run', approvedProposal());
    open('go');
    await reached('acted');
    process.kill(readClaim(runDir())!.mark.pid, 'SIGKILL');
    await driver.kill();
    open('end');
    const settled = await restart();
    expect(settled.state).toBe('unknown');
    expect(settled.text).toContain('its supervisor was lost');
    expect(settled.text).toContain('version v1 serves');
    expect(await targetIsLocked()).toBe(true);
    expect(service.effectCount()).toBe(1);
  });

  it('alone, during the command: unknown at once, and the command is not cut off', async () => {
    const driver = start('run', approvedProposal());
    await reached('began');
    await until('the process is noted', () => readChild(runDir()) !== null);
    process.kill(readClaim(runDir())!.mark.pid, 'SIGKILL');
    await driver.ended();
    const { pid } = readChild(runDir())!;
    expect(execution()).toMatchObject({ state: 'unknown' });
    expect(execution().text).toContain(`the command still runs as process ${pid}`);
    open('go');
    open('end');
    await until('effect', () => service.effectCount() === 1);
    expect((await restart()).state).toBe('unknown');
    expect(await targetIsLocked()).toBe(true);
    expect(service.effectCount()).toBe(1);
  });
});

describe('a suspended rollwatch', () => {
  it('is not taken for dead: its target stays its own, and there is one effect when it wakes up', async () => {
    const driver = start('run', approvedProposal(), 'leased', 'SIGSTOP');
    await until('leased', () => bench.store.recentExecutions(1)[0]?.state === 'leased');
    expect(await bench.executor.reconcile()).toEqual([]);
    const other = await bench.run(plan(sh('true'), { id: 'plan-other' }));
    expect(other.text).toContain(`driver, process ${driver.child.pid} on box is acting on it`);
    open('go');
    open('end');
    driver.child.kill('SIGCONT');
    await driver.ended();
    expect(driver.lines().at(-1)).toMatchObject({ state: 'done' });
    expect(service.effectCount()).toBe(1);
  });
});
