import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExecutor } from '../../src/app/executor/index.ts';
import { takeAnswer } from '../../src/app/approvals.ts';
import { createGroupExecutor } from '../../src/app/group-rollback/index.ts';
import type { GroupRun } from '../../src/core/model/group-run.ts';
import type { Execution } from '../../src/core/model/rollback.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openStateDir } from '../../src/store/state-dir.ts';
import { calm, supervisorEntry, systemClock, until, verdict } from './act-bench.ts';

/**
 * A process of its own around the executor, for tests that kill it:
 * `node executor-driver.ts STATE_DIR run PROPOSAL_ID [STATE SIGNAL]` (sends itself the signal in that state),
 * `… reconcile`, `… race NAME OTHER PROPOSAL_ID…`, `… full-disk PROPOSAL_ID`, `… group PROPOSAL_ID TEXT` (kills itself once
 * the group rollback says what begins so). Prints JSON, one object a line.
 */
const [path, mode, ...rest] = process.argv.slice(2);
if (path === undefined || mode === undefined) throw new Error('STATE_DIR MODE');

const dir = openStateDir({ path, shared: true });
const store = openSqliteStore(dir, systemClock);
let [signalAt, signal]: (string | undefined)[] = mode === 'run' ? rest.slice(1) : [];

const executor = createExecutor({
  store,
  clock: systemClock,
  stateDir: dir,
  standing: () => calm,
  verdictOf: () =>
    existsSync(join(dir.path, 'no-data'))
      ? verdict({ freshness: 'live', health: { value: 0, confidence: 1, parts: [] } })
      : verdict(),
  supervisorEntry,
  holder: `driver, process ${process.pid} on box`,
  redact: (text) => text,
  onChange: signalItself,
  env: {},
  times: { pollMs: 15, graceMs: 200 },
});

function signalItself({ state }: Execution): void {
  if (state !== signalAt || signal === undefined) return;
  signalAt = undefined;
  process.kill(process.pid, signal);
  // A signal to oneself is delivered before kill returns for KILL and STOP.
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function run(proposalId: string): Promise<Execution> {
  return executor.execute(store.proposal(proposalId)!, store.approval(proposalId)!);
}

async function race(name: string, other: string, proposalIds: readonly string[]): Promise<void> {
  for (const [round, proposalId] of proposalIds.entries()) {
    writeFileSync(join(dir.path, `ready-${round}-${name}`), '');
    const theirs = join(dir.path, `ready-${round}-${other}`);
    await until('the other is ready', () => existsSync(theirs));
    const by = { kind: 'person', name, via: 'uid 1000 on box' } as const;
    const offered = { proposalId, answer: 'approved', by, typedName: null, reason: null } as const;
    const outcome = takeAnswer(store, offered, Date.now());
    // The loser tries to carry it out all the same.
    const { id, state } = await run(proposalId);
    print({ round, ok: outcome.ok, text: outcome.text, id, state });
  }
}

function fillDisk(): string {
  for (;;) {
    try {
      store.append({ type: 'session-ended', reason: 'x'.repeat(20_000) }, Date.now());
    } catch (error) {
      return (error as Error).message;
    }
  }
}

process.on('SIGXFSZ', () => {
  // With a limit on file sizes the write itself must fail, as on a full disk.
});

/** Rolls a group back; dies with the first record whose text begins as told. */
async function group(proposalId: string, text: string): Promise<GroupRun> {
  const groups = createGroupExecutor({
    executor,
    store,
    clock: systemClock,
    stateDir: dir,
    verdictOf: (pipeline) => verdict({ pipeline }),
    onChange: (one) => one.text.startsWith(text) && process.kill(process.pid, 'SIGKILL'),
    pollMs: 15,
  });
  return groups.execute(store.proposal(proposalId)!, store.approval(proposalId)!);
}

if (mode === 'run') print(await run(rest[0]!));
else if (mode === 'group') print(await group(rest[0]!, rest[1]!));
else if (mode === 'reconcile') print({ settled: await executor.reconcile() });
else if (mode === 'race') await race(rest[0]!, rest[1]!, rest.slice(2));
else if (mode === 'full-disk') {
  const filled = fillDisk();
  const end = await run(rest[0]!).catch((error: unknown) => ({ error: (error as Error).message }));
  print({ filled, end });
} else throw new Error(`no mode ${mode}`);
store.close();
