import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Execution } from '../../src/core/model/rollback.ts';
import { TERMINAL_STATES } from '../../src/core/model/rollback.ts';
import { readClaim, readResult } from '../../src/supervisor/run-directory.ts';
import { actBench, approve, proposalOf, until, type ActBench } from '../fakes/act-bench.ts';
import { startDriver } from '../fakes/driver-process.ts';
import { trafficService, type TrafficService } from '../fakes/traffic-service.ts';

/** Times at which rollwatch is killed, spread over a whole rollback of three steps. */
const POINTS = 20;
const AT_ONCE = 4;
/** The rest is the start of the process, before anything is begun. */
const ACTING_RATIO = 0.5;

interface Kill {
  readonly afterMs: number;
  /** The supervisor of the step that runs is killed as well. */
  readonly supervisorToo: boolean;
}

function runsOf(bench: ActBench): readonly string[] {
  const runs = join(bench.dir.path, 'runs');
  return existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
}

/** Ill until all traffic is on v1, so that the ladder is gone up to its end. */
function begin(bench: ActBench, service: TrafficService): string {
  writeFileSync(join(bench.dir.path, 'no-data'), '');
  const steps = service
    .ladder([25, 50, 100], { forMs: 60 })
    .map((step) => (step.index === 2 ? { ...step, command: service.set(100, 'rm -f "$PROBE/no-data"') } : step));
  const proposal = proposalOf(service.plan(steps));
  approve(bench.store, proposal);
  return proposal.id;
}

async function kill(bench: ActBench, service: TrafficService, { afterMs, supervisorToo }: Kill): Promise<void> {
  const driver = startDriver(bench.dir.path, 'run', begin(bench, service));
  await until('begun', () => bench.store.recentExecutions(1).length > 0);
  await Promise.race([sleep(afterMs), driver.ended().catch(() => undefined)]);
  await driver.kill();
  if (!supervisorToo) return;
  for (const dir of runsOf(bench).filter((one) => readResult(one) === null)) {
    const claim = readClaim(dir);
    if (claim?.by !== 'supervisor') continue;
    try {
      process.kill(claim.mark.pid, 'SIGKILL');
    } catch (error) {
      // It has ended in this very moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** What the state says must be what is. */
async function truthful(bench: ActBench, service: TrafficService): Promise<Execution['state']> {
  await bench.executor.reconcile();
  const [first, ...others] = bench.store.recentExecutions(10);
  const execution = first!;
  expect(others).toEqual([]);
  // A command whose supervisor was killed goes on by itself.
  await until(
    'no run is left',
    () => service.effects().length >= runsOf(bench).filter(begun).length || execution.state === 'unknown',
  );
  const effects = service.effects();
  expect(TERMINAL_STATES.has(execution.state)).toBe(true);
  expect(effects).toEqual(['25', '50', '100'].slice(0, effects.length));
  if (execution.state === 'done') expect(service.share()).toBe(100);
  if (execution.text.startsWith('nothing was run')) expect(effects).toEqual([]);
  const stopped = /stopped (?:after|before) step (\d)/.exec(execution.text);
  if (execution.text.startsWith('stopped after')) expect(effects).toHaveLength(Number(stopped![1]));
  if (execution.text.startsWith('stopped before')) expect(effects).toHaveLength(Number(stopped![1]) - 1);
  const locked = bench.store.holderOf('target-1') !== null;
  expect([execution.state, locked]).toEqual([execution.state, execution.state === 'unknown']);
  await bench.executor.reconcile();
  expect(bench.store.execution(execution.id)?.state).toBe(execution.state);
  expect(service.effects()).toEqual(effects);
  return execution.state;
}

function begun(dir: string): boolean {
  return readResult(dir)?.exitCode === 0;
}

async function oneKill(point: Kill): Promise<string> {
  const bench = actBench();
  const service = trafficService(bench.dir.path);
  try {
    await kill(bench, service, point);
    rmSync(join(bench.dir.path, 'no-data'), { force: true });
    return await truthful(bench, service);
  } finally {
    bench.close();
  }
}

/** How long it takes undisturbed, as busy as the machine is. */
async function undisturbedMs(): Promise<number> {
  const startMs = performance.now();
  const ends = await Promise.all(
    Array.from({ length: AT_ONCE }, () => oneKill({ afterMs: 60_000, supervisorToo: false })),
  );
  expect(new Set(ends)).toEqual(new Set(['done']));
  return performance.now() - startMs;
}

describe('kill -9 in the middle of a progressive rollback', () => {
  it(`leaves the truth behind at ${POINTS} points, and each step acts at most once`, async () => {
    const span = await undisturbedMs();
    const ends: string[] = [];
    // A machine that has become slower since is killed too early everywhere: then the same over a longer time.
    for (let stretch = 1; stretch <= 4 && new Set(ends).size < 2; stretch *= 2) {
      const points = Array.from({ length: POINTS }, (_, index): Kill => {
        // One random time in each slice, so that all of the rollback is covered.
        const afterMs = ((index + Math.random()) / POINTS) * span * ACTING_RATIO * stretch;
        return { afterMs, supervisorToo: index % 2 === 1 };
      });
      for (let at = 0; at < points.length; at += AT_ONCE) {
        const batch = points.slice(at, at + AT_ONCE);
        ends.push(...(await Promise.all(batch.map(oneKill))));
      }
    }
    expect(new Set(ends).size).toBeGreaterThan(1);
  }, 120_000);
});
