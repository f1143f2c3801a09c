import * as fc from 'fast-check';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutor, type Executor } from '../../src/app/executor/index.ts';
import { createGroupExecutor, type GroupExecutor } from '../../src/app/group-rollback/index.ts';
import type { CommandOutcome } from '../../src/app/executor/run-command.ts';
import type { Outside, StartedSupervisor, SupervisorStart } from '../../src/app/executor/outside.ts';
import type { GroupRun } from '../../src/core/model/group-run.ts';
import type { CommandSpec, Execution } from '../../src/core/model/rollback.ts';
import type { Verdict } from '../../src/core/model/verdict.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ProcessMark } from '../../src/ports/process-mark.ts';
import type { Store } from '../../src/ports/store.ts';
import { claimRun, readJob, RUN_FILES, type RunResult } from '../../src/supervisor/run-directory.ts';
import type { StateDir } from '../../src/store/state-dir.ts';
import { calm, openTestStore, verdict } from './act-bench.ts';

/** What a supervisor does with its run. `late` begins after a while, when it may have been given up. */
export const SUPERVISORS = [
  'ok',
  'no-effect',
  'fails',
  'busy',
  'acts-and-fails',
  'acts-and-times-out',
  'dies-early',
  'dies-claimed',
  'dies-acted',
  'late',
] as const;
export type SupervisorWay = (typeof SUPERVISORS)[number];

/** What happens to a process, counted in its own calls to what is around it. */
export interface Fate {
  readonly crashAt: number | null;
  /** It dies after the call has done its work, not before. */
  readonly after: boolean;
  /** Another process takes its execution over as if it were dead, while it goes on. */
  readonly robbedAt: number | null;
  /** At its next command it stands still until it is woken. */
  readonly sleepsAt: number | null;
}

export const NO_FATE: Fate = { crashAt: null, after: false, robbedAt: null, sleepsAt: null };

/** A fate within so many calls; a third of the processes have none. */
export function fateOf(calls: number): fc.Arbitrary<Fate> {
  const fate = fc.record({
    crashAt: fc.option(fc.integer({ min: 1, max: calls }), { freq: 2 }),
    after: fc.boolean(),
    robbedAt: fc.option(fc.integer({ min: 4, max: Math.ceil(calls * 0.75) }), { freq: 2 }),
    sleepsAt: fc.option(fc.integer({ min: 1, max: Math.ceil(calls / 2) }), { freq: 2 }),
  });
  return fc.oneof({ weight: 1, arbitrary: fc.constant(NO_FATE) }, { weight: 2, arbitrary: fate });
}

/** Waits for the end of a work or of the process that does it; sleepers are woken meanwhile. */
export async function orDeath(world: ModelWorld, dead: () => boolean, work: () => Promise<unknown>): Promise<void> {
  const watch = { ended: false };
  const finished = work()
    .catch(expectKnown)
    .finally(() => {
      watch.ended = true;
    });
  while (!watch.ended && !dead()) {
    await new Promise((resolve) => setImmediate(resolve));
    world.wakeAll();
  }
  if (watch.ended) await finished;
}

function expectKnown(error: unknown): void {
  if (!['Crash', 'StoreError', 'LeaseLost'].includes((error as Error).name)) throw error;
}

/** One side effect, and what held at that moment. */
export interface Effect {
  readonly executionId: string;
  readonly proposalId: string;
  readonly pipeline: string;
  readonly stepIndex: number;
  readonly versionBefore: string;
  readonly approved: boolean;
  readonly lease: boolean;
}

class Crash extends Error {
  override readonly name = 'Crash';
}

interface ModelProcess {
  readonly mark: ProcessMark;
  readonly fate: Fate;
  alive: boolean;
  calls: number;
  wake: (() => void) | null;
  /** Executions and group rollbacks that were taken from it. */
  readonly lost: Set<string>;
}

/** One process of rollwatch. */
export interface ModelRollwatch {
  readonly executor: Executor;
  readonly groups: GroupExecutor;
  readonly dead: () => boolean;
}

/** Everything around executors, in memory but for the store and the run directories, which are real. */
export interface ModelWorld {
  readonly store: Store;
  readonly dir: StateDir;
  readonly effects: Effect[];
  /** Writes of a process whose execution or group rollback had been taken over. */
  readonly strayWrites: string[];
  /** The version that serves, by pipeline. */
  serving(pipeline: string): string;
  deploy(pipeline: string, version: string): void;
  /** What is seen of a pipeline's health. */
  verdictOf: (pipeline: string) => Verdict | null;
  /** Called at the moment of a side effect, before the next thing happens. */
  onEffect: (effect: Effect) => void;
  /** Called when a group rollback was written. */
  onGroup: (run: GroupRun) => void;
  /** Goes on by a millisecond whenever it is read. */
  readonly clock: Clock;
  halted: string | null;
  ways: SupervisorWay[];
  /** After so many commands v3 is deployed on top of a pipeline; null = never. */
  deployAfter: { readonly commands: number; readonly pipeline: string } | null;
  start(name: string, fate?: Fate): ModelRollwatch;
  /** Lets every sleeper go on. */
  wakeAll(): void;
  /** Waits for late supervisors. */
  settled(): Promise<void>;
  /** Ready for the next run: nothing is left open. */
  reset(): void;
  close(): void;
}

/** What a run begins with; every verdict is of the moment it is asked for, by the world's own clock. */
function quiet(
  nowMs: () => number,
): Pick<ModelWorld, 'halted' | 'ways' | 'deployAfter' | 'verdictOf' | 'onEffect' | 'onGroup'> {
  return {
    halted: null,
    ways: [],
    deployAfter: null,
    verdictOf: (pipeline) => verdict({ pipeline, atMs: nowMs() }),
    onEffect: () => undefined,
    onGroup: () => undefined,
  };
}

export function modelWorld(): ModelWorld {
  const memory = '/dev/shm';
  const path = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'rollwatch-model-'));
  const { dir, store } = openTestStore(path);
  const versions = new Map<string, string>();
  const serving = (pipeline: string): string => versions.get(pipeline) ?? 'v2';
  let ticks = Date.now();
  const tick = (): number => (ticks += 1);
  const processes = new Map<number, ModelProcess>();
  const late: Promise<void>[] = [];
  let pids = 0;
  let commands = 0;

  function process(fate: Fate): ModelProcess {
    pids += 1;
    const mark = { pid: pids, startTicks: '1', bootId: 'boot', pidNamespace: 'pid', host: 'box' };
    const one: ModelProcess = { mark, fate, alive: true, calls: 0, wake: null, lost: new Set() };
    processes.set(pids, one);
    return one;
  }

  /** A call from a process to what is around it: the places where it may die. */
  function call<T>(one: ModelProcess, work: () => T): T {
    if (!one.alive) throw new Crash('dead');
    one.calls += 1;
    if (one.calls === one.fate.robbedAt) rob(one);
    if (one.calls !== one.fate.crashAt) return work();
    if (one.fate.after) work();
    one.alive = false;
    throw new Crash(`dies at call ${one.calls}`);
  }

  function rob(victim: ModelProcess): void {
    const thief = process({ ...NO_FATE, crashAt: 0 });
    for (const one of store.unfinishedExecutions()) {
      const owner = store.ownerOf(one.id);
      if (owner?.pid !== victim.mark.pid) continue;
      if (store.adoptExecution(one.id, owner, thief.mark, 'a thief').lease !== null) victim.lost.add(one.id);
    }
    for (const { run, owner } of store.unfinishedGroups()) {
      if (owner.pid === victim.mark.pid && store.adoptGroup(run.id, owner, thief.mark)) victim.lost.add(run.id);
    }
    // It dies at once: whoever comes next takes over from it.
    thief.alive = false;
  }

  function guarded(one: ModelProcess): Store {
    return new Proxy(store, {
      get(target, key) {
        const value = Reflect.get(target, key, target) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) =>
          call(one, () => {
            const answer: unknown = Reflect.apply(value as (...all: readonly unknown[]) => unknown, target, args);
            const written = key === 'moveExecution' || key === 'saveGroup';
            const moved = written && answer === true ? (args[0] as Execution | GroupRun) : null;
            if (moved !== null && one.lost.has(moved.id)) world.strayWrites.push(`${moved.id} ${moved.state}`);
            return answer;
          });
      },
    });
  }

  function act(start: SupervisorStart, way: SupervisorWay, supervisor: ModelProcess): void {
    const { execution, plan, stepIndex } = readJob(start.dir, start.hash);
    if (way === 'dies-early') return;
    if (!claimRun(start.dir, { by: 'supervisor', mark: supervisor.mark, atMs: Date.now() }, 0o600)) return;
    if (way === 'ok' || way === 'late' || way.startsWith('acts') || way === 'dies-acted') {
      const holder = store.holderOf(plan.target.id);
      const effect: Effect = {
        executionId: execution.id,
        proposalId: execution.proposalId,
        pipeline: plan.pipeline,
        stepIndex,
        versionBefore: serving(plan.pipeline),
        approved: store.answerOf(execution.proposalId)?.answer === 'approved',
        lease: holder !== null,
      };
      world.effects.push(effect);
      world.onEffect(effect);
      if (stepIndex === plan.steps.length - 1) versions.set(plan.pipeline, plan.toVersion);
    }
    if (way.startsWith('dies')) return;
    const exitCode = way.endsWith('fails') ? 1 : way === 'busy' ? 75 : 0;
    const result: RunResult = {
      exitCode,
      signal: null,
      timedOut: way === 'acts-and-times-out',
      startError: null,
      gone: true,
      durationMs: 1,
      endedAtMs: Date.now(),
      droppedOutputBytes: 0,
      troubles: [],
    };
    writeFileSync(join(start.dir, RUN_FILES.result), JSON.stringify(result));
  }

  async function actLater(start: SupervisorStart, supervisor: ModelProcess): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 4));
    act(start, 'late', supervisor);
    supervisor.alive = false;
  }

  function supervise(one: ModelProcess, start: SupervisorStart): StartedSupervisor {
    const supervisor = process(NO_FATE);
    const way = world.ways.shift() ?? 'ok';
    call(one, () => {
      if (way === 'late') {
        late.push(actLater(start, supervisor));
        return;
      }
      act(start, way, supervisor);
      supervisor.alive = false;
    });
    return { exited: () => !supervisor.alive };
  }

  /** A reading of the version: `/version PIPELINE`. */
  async function run(one: ModelProcess, { argv }: CommandSpec): Promise<CommandOutcome> {
    if (one.fate.sleepsAt !== null && one.calls >= one.fate.sleepsAt && one.wake === null) {
      await new Promise<void>((resolve) => {
        one.wake = resolve;
      });
    }
    commands += 1;
    if (commands === world.deployAfter?.commands) versions.set(world.deployAfter.pipeline, 'v3');
    // A process that has died never hears the answer.
    if (!one.alive) await new Promise<never>(() => undefined);
    return call(one, () => ({ exitCode: 0, stdout: `${serving(argv[1]!)}\n`, fault: null }));
  }

  const world: ModelWorld = {
    store,
    dir,
    effects: [],
    strayWrites: [],
    ...quiet(tick),
    serving,
    deploy: (pipeline, version) => void versions.set(pipeline, version),
    clock: { nowMs: tick, monotonicMs: tick },
    start(name, fate = NO_FATE) {
      const one = process(fate);
      const own = guarded(one);
      const outside: Outside = {
        mark: () => one.mark,
        lifeOf: ({ pid }) => (processes.get(pid)?.alive === true ? 'alive' : 'dead'),
        startSupervisor: (start) => supervise(one, start),
        runCommand: (command) => run(one, command),
      };
      const executor = createExecutor({
        store: own,
        clock: world.clock,
        stateDir: dir,
        standing: () => ({ ...calm, halted: world.halted }),
        verdictOf: (pipeline) => world.verdictOf(pipeline),
        supervisorEntry: { file: '', execArgv: [] },
        holder: name,
        redact: (text) => text,
        onChange: () => undefined,
        env: {},
        times: { pollMs: 0, graceMs: 0, launchMs: 3, overdueMs: 0 },
        outside,
      });
      const groups = createGroupExecutor({
        executor,
        store: own,
        clock: world.clock,
        stateDir: dir,
        verdictOf: (pipeline) => world.verdictOf(pipeline),
        onChange: (run) => call(one, () => world.onGroup(run)),
        pollMs: 0,
        outside,
      });
      return { executor, groups, dead: () => !one.alive };
    },
    wakeAll() {
      for (const { wake } of processes.values()) wake?.();
    },
    async settled() {
      await Promise.all(late);
    },
    reset() {
      for (const one of store.unfinishedExecutions()) {
        store.saveExecution({ ...one, state: one.state === 'unknown' ? 'failed' : 'cancelled', endedAtMs: Date.now() });
      }
      for (const { run, owner } of store.unfinishedGroups()) store.saveGroup({ ...run, endedAtMs: Date.now() }, owner);
      for (const name of ['runs', 'requests']) rmSync(join(dir.path, name), { recursive: true, force: true });
      mkdirSync(join(dir.path, 'runs'));
      versions.clear();
      processes.clear();
      late.length = 0;
      commands = 0;
      Object.assign(world, { ...quiet(tick), effects: [], strayWrites: [], ways: [] });
    },
    close() {
      store.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
  return world;
}
