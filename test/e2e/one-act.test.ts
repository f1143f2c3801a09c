import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  approve,
  fakeService,
  openTestStore,
  plan,
  proposalOf,
  removeDir,
  temporaryDir,
  unproven,
  type FakeService,
} from '../fakes/act-bench.ts';
import { DRIVER, follow, startDriver } from '../fakes/driver-process.ts';

/** `ROLLWATCH_ACT_ROUNDS=200 vitest run test/e2e/one-act` for the long version. */
const ROUNDS = Number(process.env['ROLLWATCH_ACT_ROUNDS'] ?? 20);
let root: string;
let service: FakeService;

beforeEach(() => {
  root = temporaryDir();
  service = fakeService(root);
});
afterEach(() => removeDir(root));

describe('two processes that approve at once', () => {
  const title = `give one act each time, ${ROUNDS} rounds on fresh targets, and the second is told who was first`;
  it(title, { timeout: 60_000 + ROUNDS * 10_000 }, async () => {
    const { store } = openTestStore(join(root, 'state'));
    const ids = Array.from({ length: ROUNDS }, (_, round) => {
      const target = { platform: 'shell', id: `target-${round}`, text: 'checkout on box' };
      const proposal = proposalOf(plan(service.rollback, { id: `plan-${round}`, target, verify: unproven }));
      return store.saveProposal(proposal).id;
    });
    store.close();
    const drivers = ['alice', 'bob'].map((name, index) =>
      startDriver(join(root, 'state'), 'race', name, ['bob', 'alice'][index]!, ...ids),
    );
    await Promise.all(drivers.map((driver) => driver.ended()));
    interface Line {
      readonly ok: boolean;
      readonly text: string;
      readonly id: string;
    }
    const [first, second] = drivers.map((driver) => driver.lines() as Line[]);
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = [first![round]!, second![round]!];
      expect(pair.filter(({ ok }) => ok)).toHaveLength(1);
      expect(pair.find(({ ok }) => !ok)!.text).toMatch(/was approved already, by (alice|bob) at/);
      expect(pair[0]!.id).toBe(pair[1]!.id);
    }
    expect(service.effectCount()).toBe(ROUNDS);
  });
});

describe('a full disk', () => {
  it('is refused before the act, with an error that says so', async () => {
    const state = join(root, 'state');
    mkdirSync(state, { mode: 0o700 });
    const proposal = proposalOf(plan(service.rollback));
    const { store } = openTestStore(state);
    approve(store, proposal);
    store.close();
    const driver = follow(spawnOnSmallDisk(state, proposal.id));
    await driver.ended();
    const [line] = driver.lines() as {
      readonly filled: string;
      readonly end: { readonly error?: string; readonly text?: string };
    }[];
    expect(line!.filled).toMatch(/no space is left on the disk|reading or writing failed/);
    expect(line!.end.error ?? line!.end.text).toMatch(/no space|reading or writing failed/i);
    expect(service.effectCount()).toBe(0);
  });
});

/** A real small file system where this user may mount one, else a limit on the size of files. */
function spawnOnSmallDisk(state: string, proposalId: string): ReturnType<typeof spawn> {
  const args = [process.execPath, DRIVER, state, 'full-disk', proposalId];
  const mount =
    'cp -a "$0" "$0.kept" && mount -t tmpfs -o size=1m,mode=700 tmpfs "$0" && cp -a "$0.kept/." "$0" && exec "$@"';
  const mountable =
    spawnSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs "$0"', state]).status === 0;
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  if (mountable) return spawn('unshare', ['-Urm', 'sh', '-c', mount, state, ...args], { stdio: [...stdio] });
  return spawn('sh', ['-c', 'ulimit -f 1024; exec "$@"', 'sh', ...args], { stdio: [...stdio] });
}
