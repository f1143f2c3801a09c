import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Plans } from '../../../../src/app/watch/plans.ts';
import { rehearsalPlans, rehearsalStore } from '../../../../src/app/watch/rehearsal.ts';
import type { PlanRequest } from '../../../../src/ports/platform.ts';
import type { Store } from '../../../../src/ports/store.ts';
import { markOf } from '../../../../src/supervisor/process-mark.ts';
import { alice, openTestStore, plan, proposalOf, removeDir, sh, temporaryDir } from '../../../fakes/act-bench.ts';

/** `watch --read-only` or `--dry-run` beside a watch that may act, on the state of both. */
let path: string;
let store: Store;
beforeEach(() => {
  path = temporaryDir();
  ({ store } = openTestStore(path));
});
afterEach(() => {
  store.close();
  removeDir(path);
});

const REAL = plan(sh('true'));
const request = {} as PlanRequest;

function rehearsed(): ReturnType<Plans['plan']> {
  const dry = { ...REAL, dryRun: true, dryRunBecause: 'read-only' };
  return rehearsalPlans({ ability: () => null, platform: () => null, plan: () => dry } as unknown as Plans).plan(
    request,
  );
}

it.each([
  ['dry run', false, ['real', 'own']],
  ['look', true, ['real']],
] as const)('a mere %s does not supersede the question of a watch that may act', (_, readOnly, open) => {
  store.saveProposal(proposalOf(REAL, { id: 'real', openedAtMs: 1 }));
  const own = rehearsalStore(store, readOnly).saveProposal(proposalOf(rehearsed(), { id: 'own', openedAtMs: 2 }));
  expect(own.plan.dryRun).toBe(true);
  expect(store.openProposals().map(({ id }) => id)).toEqual(open);
});

it('neither restores a real question nor takes part in answering one while read-only', () => {
  store.saveProposal(proposalOf(REAL));
  const own = rehearsalStore(store, true);
  expect(own.openProposals()).toEqual([]);
  own.beat({ id: 'looks-on', holder: 'bob', mark: markOf(process.pid), updatedAtMs: 1 });
  expect(store.engines()).toEqual([]);
  const answer = {
    id: 'r',
    proposalId: 'p',
    answer: 'approved',
    by: alice,
    atMs: 1,
    reason: null,
    typedName: null,
  } as const;
  store.requestAnswer(answer);
  expect(own.takeAnswerRequests()).toEqual([]);
  expect(rehearsalStore(store, false).takeAnswerRequests()).toEqual([answer]);
});
