import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Standing } from '../../src/core/model/history.ts';
import type {
  Actor,
  Approval,
  CommandSpec,
  Execution,
  Plan,
  Proposal,
  VerifySpec,
} from '../../src/core/model/rollback.ts';
import type { Verdict } from '../../src/core/model/verdict.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openStateDir, type StateDir } from '../../src/store/state-dir.ts';
import { createExecutor, type Executor, type ExecutorDeps } from '../../src/app/executor/index.ts';

export const systemClock: Clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

export const alice: Actor = { kind: 'person', name: 'alice', via: 'uid 1000 on box' };
export const auto: Actor = { kind: 'auto', name: 'rollwatch', via: 'policy' };

export const calm: Standing = {
  halted: null,
  configTrusted: true,
  leaseShared: true,
  stateIntact: true,
  readOnly: false,
};

export const supervisorEntry = { file: join(import.meta.dirname, '../../dist/supervisor.mjs'), execArgv: [] };

/** A folder that only this user can read, in the system's temporary one. */
export function temporaryDir(): string {
  return mkdtempSync(join(tmpdir(), 'rollwatch-test-'));
}

export function removeDir(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

export function openTestStore(path: string, shared = true): { readonly dir: StateDir; readonly store: Store } {
  const dir = openStateDir({ path, shared });
  return { dir, store: openSqliteStore(dir, systemClock) };
}

export function command(argv: readonly string[], timeoutMs = 20_000, env: Record<string, string> = {}): CommandSpec {
  return { argv, cwd: '/', env: { PATH: '/usr/bin:/bin', ...env }, timeoutMs };
}

/** A script that acts: `sh -c TEXT`, with the plan's paths in its environment. */
export function sh(text: string, env: Record<string, string> = {}, timeoutMs = 20_000): CommandSpec {
  return command(['/bin/sh', '-c', text], timeoutMs, env);
}

export const unproven: VerifySpec = {
  versionCommand: null,
  verifyCommand: null,
  healthAtLeast: null,
  healthForMs: 0,
  withinMs: 300,
};

export function plan(step: CommandSpec, change: Partial<Plan> = {}): Plan {
  return {
    id: 'plan-1',
    pipeline: 'checkout',
    environment: 'staging',
    deploymentId: 'checkout@v2@1',
    target: { platform: 'shell', id: 'target-1', text: 'checkout on box' },
    fromVersion: 'v2',
    toVersion: 'v1',
    strategy: 'full',
    steps: [{ index: 0, text: 'roll checkout back from v2 to v1', command: step }],
    verify: unproven,
    dryRun: false,
    dryRunBecause: null,
    notUndone: [],
    ...change,
  };
}

let proposals = 0;

export function proposalOf(of: Plan, change: Partial<Proposal> = {}): Proposal {
  proposals += 1;
  return {
    id: `proposal-${process.pid}-${proposals}`,
    pipeline: of.pipeline,
    deploymentId: of.deploymentId,
    plan: of,
    openedAtMs: Date.now(),
    expiresAtMs: Date.now() + 900_000,
    because: 'anomaly',
    evidence: [],
    risk: null,
    confirmBy: 'key',
    autoAtMs: null,
    held: false,
    overrides: [],
    warnings: [],
    ...change,
  };
}

/** Puts the question and answers it with yes. */
export function approve(store: Store, proposal: Proposal, by: Actor = alice): Approval {
  store.saveProposal(proposal);
  if (!store.answerProposal(proposal.id, { answer: 'approved', by, atMs: Date.now(), reason: null })) {
    throw new Error(`${proposal.id} was not open`);
  }
  return store.approval(proposal.id)!;
}

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    pipeline: 'checkout',
    deploymentId: 'checkout@v2@1',
    atMs: Date.now(),
    phase: 'Failed',
    reason: 'anomaly',
    text: 'errors',
    confidence: 0.9,
    freshness: 'live',
    sinceMs: null,
    evidence: [],
    vetoed: [],
    health: { value: 95, confidence: 1, parts: [] },
    sampleCount: 30,
    ...change,
  };
}

/** An executor on a real store and a real supervisor, with everything that may change as a field. */
export interface ActBench {
  readonly dir: StateDir;
  readonly store: Store;
  readonly changes: Execution[];
  readonly executor: Executor;
  readonly deps: ExecutorDeps;
  standing: Standing;
  verdict: (() => Verdict) | null;
  /** Approves and carries out. */
  run(plan: Plan, by?: Actor): Promise<Execution>;
  close(): void;
}

export function actBench(change: Partial<ExecutorDeps> = {}): ActBench {
  const path = temporaryDir();
  const { dir, store } = openTestStore(path);
  const changes: Execution[] = [];
  const deps: ExecutorDeps = {
    store,
    clock: systemClock,
    stateDir: dir,
    standing: () => bench.standing,
    verdictOf: () => bench.verdict?.() ?? null,
    supervisorEntry,
    holder: 'alice, process 1 on box',
    redact: (text) => text,
    onChange: (execution) => changes.push(execution),
    env: {},
    times: { pollMs: 15, graceMs: 200, overdueMs: 30_000 },
    ...change,
  };
  const executor = createExecutor(deps);
  const bench: ActBench = {
    dir,
    store,
    changes,
    executor,
    deps,
    standing: calm,
    verdict: () => verdict(),
    run(of, by = alice) {
      const proposal = proposalOf(of);
      return executor.execute(proposal, approve(store, proposal, by));
    },
    close() {
      store.close();
      removeDir(path);
    },
  };
  return bench;
}

/** A service whose version is a file: what a rollback changes and a version command reads. */
export interface FakeService {
  readonly effects: string;
  readonly version: string;
  /** Puts v1 back and notes that it did. */
  readonly rollback: CommandSpec;
  readonly reader: CommandSpec;
  effectCount(): number;
  serve(version: string): void;
}

export function fakeService(dir: string): FakeService {
  const effects = join(dir, 'effects');
  const version = join(dir, 'version');
  writeFileSync(effects, '');
  writeFileSync(version, 'v2\n');
  return {
    effects,
    version,
    rollback: sh('echo effect >> "$EFFECTS"; echo v1 > "$VERSION"', { EFFECTS: effects, VERSION: version }),
    reader: command(['/bin/cat', version]),
    effectCount: () => readFileSync(effects, 'utf8').split('\n').length - 1,
    serve: (next) => writeFileSync(version, `${next}\n`),
  };
}

/** An executable script of this user. */
export function script(path: string, text: string): string {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Waits for a state, never for a time. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 150_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
