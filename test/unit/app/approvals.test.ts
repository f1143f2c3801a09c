import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  liveEngines,
  pendingAnswers,
  requestAnswer,
  requestOutcome,
  settleRequest,
  takeAnswer,
  whyRefused,
  type OfferedAnswer,
} from '../../../src/app/approvals.ts';
import type { Proposal } from '../../../src/core/model/rollback.ts';
import type { Store } from '../../../src/ports/store.ts';
import { markOf } from '../../../src/supervisor/process-mark.ts';
import { alice, auto, openTestStore, plan, proposalOf, removeDir, sh, temporaryDir } from '../../fakes/act-bench.ts';

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

function put(change: Partial<Proposal> = {}): Proposal {
  return store.saveProposal(proposalOf(plan(sh('true')), { openedAtMs: 0, expiresAtMs: 1000, ...change }));
}

function yes(proposal: Proposal, change: Partial<OfferedAnswer> = {}): OfferedAnswer {
  return { proposalId: proposal.id, answer: 'approved', by: alice, typedName: null, reason: null, ...change };
}

describe('an answer', () => {
  it('is taken once; the next one is told who was first and when', () => {
    const proposal = put();
    expect(takeAnswer(store, yes(proposal), 500)).toMatchObject({ ok: true, approval: { by: alice, atMs: 500 } });
    expect(takeAnswer(store, yes(proposal, { answer: 'dismissed' }), 600)).toEqual({
      ok: false,
      text: `Proposal ${proposal.id} was approved already, by alice at 00:00:00Z.`,
    });
  });

  it('to an unknown or expired proposal is refused', () => {
    expect(takeAnswer(store, yes(proposalOf(plan(sh('true')), { id: 'x\u001b' })), 1)).toEqual({
      ok: false,
      text: 'There is no proposal x␛.',
    });
    expect(takeAnswer(store, yes(put()), 1000)).toMatchObject({
      ok: false,
      text: expect.stringContaining('expired at') as string,
    });
  });

  it('needs the name where that is asked for, exactly; a no does not', () => {
    const proposal = put({ confirmBy: 'typed-name' });
    for (const typedName of [null, '', 'Checkout', 'checkout ']) {
      expect(takeAnswer(store, yes(proposal, { typedName }), 1)).toMatchObject({ ok: false });
    }
    expect(whyRefused(store, yes(proposal, { answer: 'dismissed' }), 1)).toBeNull();
    expect(takeAnswer(store, yes(proposal, { typedName: 'checkout' }), 1)).toMatchObject({ ok: true });
  });

  it('against the policy needs the word for it and a reason; a no does not', () => {
    const proposal = put({ plan: plan(sh('true'), { blockedBy: ['migration 12'] }) });
    for (const change of [{}, { override: true }, { reason: 'seen it' }, { override: true, reason: ' ' }]) {
      expect(takeAnswer(store, yes(proposal, change), 1).text).toContain('The policy blocks it: migration 12');
    }
    expect(whyRefused(store, yes(proposal, { answer: 'dismissed' }), 1)).toBeNull();
    expect(takeAnswer(store, yes(proposal, { override: true, reason: 'seen it' }), 1)).toMatchObject({ ok: true });
  });

  it('by itself is taken only at the end of a countdown nobody held', () => {
    expect(takeAnswer(store, yes(put(), { by: auto }), 1)).toMatchObject({ ok: false });
    const counted = put({ plan: plan(sh('true'), { id: 'p2' }), autoAtMs: 100 });
    expect(takeAnswer(store, yes(counted, { by: auto }), 99)).toMatchObject({ ok: false });
    store.holdProposal(counted.id);
    expect(takeAnswer(store, yes(counted, { by: auto }), 100)).toMatchObject({ ok: false });
    const free = put({ plan: plan(sh('true'), { id: 'p3' }), autoAtMs: 100, confirmBy: 'typed-name' });
    expect(takeAnswer(store, yes(free, { by: auto }), 100)).toMatchObject({ ok: true });
  });
});

describe('an answer from a second shell', () => {
  function watch(updatedAtMs: number, mark = markOf(process.pid)): void {
    store.beat({ id: 'engine', holder: 'bob', mark, updatedAtMs });
  }

  it('is refused when nobody is watching', () => {
    const offered = yes(put());
    expect(requestAnswer(store, offered, 500)).toMatchObject({
      ok: false,
      text: expect.stringContaining('Nobody is watching') as string,
    });
    watch(500, { ...markOf(process.pid), startTicks: '1' });
    expect(liveEngines(store, 500)).toEqual([]);
    watch(500);
    expect(requestAnswer(store, offered, 20_000)).toMatchObject({ ok: false });
    expect(requestAnswer(store, offered, 600)).toMatchObject({ ok: true });
  });

  it('is refused by the same rules as on screen', () => {
    watch(1);
    expect(requestAnswer(store, yes(put({ confirmBy: 'typed-name' })), 1)).toMatchObject({ ok: false });
    expect(store.takeAnswerRequests()).toEqual([]);
  });

  it('is handed over once and answered', () => {
    watch(500);
    const asked = requestAnswer(store, yes(put()), 500);
    const id = asked.ok ? asked.requestId : expect.fail(asked.text);
    expect(requestOutcome(store, id)).toBeNull();
    const [request, ...others] = pendingAnswers(store, 510);
    expect(others).toEqual([]);
    const outcome = takeAnswer(store, request!, 510);
    settleRequest(store, id, outcome);
    expect(requestOutcome(store, id)).toEqual({ ok: true, text: 'Approved by alice.' });
    expect(pendingAnswers(store, 520)).toEqual([]);
  });

  it('is left to the engine that watches its pipeline, but not for ever', () => {
    watch(500);
    const asked = requestAnswer(store, yes(put()), 500);
    expect(pendingAnswers(store, 510, () => false)).toEqual([]);
    expect(pendingAnswers(store, 510, () => true)).toHaveLength(1);
    const again = requestAnswer(store, yes(put({ plan: plan(sh('true'), { id: 'p2' }) })), 500);
    expect(pendingAnswers(store, 100_000, () => false)).toEqual([]);
    expect(requestOutcome(store, again.ok ? again.requestId : '')).toMatchObject({ ok: false });
    expect(asked.ok && requestOutcome(store, asked.requestId)).toBeNull();
  });

  it('that lay about too long is not taken', () => {
    watch(500);
    const asked = requestAnswer(store, yes(put()), 500);
    expect(pendingAnswers(store, 100_000)).toEqual([]);
    expect(requestOutcome(store, asked.ok ? asked.requestId : '')).toMatchObject({ ok: false });
  });
});
