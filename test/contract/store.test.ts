import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberProposals } from '../../src/core/model/group-proposal.ts';
import type { GroupRun } from '../../src/core/model/group-run.ts';
import type { Execution, Proposal } from '../../src/core/model/rollback.ts';
import type { ProcessMark } from '../../src/ports/process-mark.ts';
import type { Store } from '../../src/ports/store.ts';
import { stores } from '../../src/store/registry.ts';
import { openStateDir } from '../../src/store/state-dir.ts';
import { alice, approve, plan, proposalOf, removeDir, sh, systemClock, temporaryDir } from '../fakes/act-bench.ts';
import { groupQuestion } from '../fakes/group-bench.ts';

const me: ProcessMark = { pid: 1, startTicks: '1', bootId: 'b', pidNamespace: 'n', host: 'box' };
const step = sh('true');

function executionOf(proposal: Proposal, change: Partial<Execution> = {}): Execution {
  return {
    id: `execution-${proposal.id}`,
    planId: proposal.plan.id,
    proposalId: proposal.id,
    pipeline: 'checkout',
    attempt: 1,
    state: 'approved',
    stepIndex: 0,
    dryRun: false,
    fromVersion: 'v2',
    toVersion: 'v1',
    startedAtMs: 1000,
    endedAtMs: null,
    exitCode: null,
    text: '',
    outputTail: [],
    by: alice,
    ...change,
  };
}

describe.each(Object.entries(stores))('store %s', (_, adapter) => {
  let root: string;
  let store: Store;
  let second: Store;

  beforeEach(async () => {
    root = temporaryDir();
    const dir = openStateDir({ path: join(root, 'state'), shared: true });
    store = await adapter.open(dir, systemClock);
    second = await adapter.open(dir, systemClock);
  });
  afterEach(() => {
    store.close();
    second.close();
    removeDir(root);
  });

  describe('what is written together', () => {
    const hint = (id: string) => ({ type: 'resumed', by: { ...alice, name: id } }) as const;

    it('is there for others only when it is done, and in order', () => {
      store.together(() => {
        store.append(hint('first'), 1000);
        store.saveAll?.(new Map([['a.log', '1']]));
        store.append(hint('second'), 1001);
        expect(second.list({})).toEqual([]);
      });
      expect(second.list({}).map(({ seq, atMs }) => [seq, atMs])).toEqual([
        [1, 1000],
        [2, 1001],
      ]);
      expect(second.load('a.log')).toBe('1');
      expect(store.verify().ok).toBe(true);
    });

    it('is not there at all when one of it fails', () => {
      const failing = (): void =>
        store.together(() => {
          store.append(hint('first'), 1000);
          throw new Error('the engine broke');
        });
      expect(failing).toThrow('the engine broke');
      expect(store.list({})).toEqual([]);
      expect(store.append(hint('later'), 1002).seq).toBe(1);
    });
  });

  function begun(change: Partial<Execution> = {}): Execution {
    const proposal = proposalOf(plan(step));
    approve(store, proposal);
    store.savePlan(proposal.plan);
    const execution = executionOf(proposal, change);
    expect(store.beginExecution(execution, me)).toBe(true);
    return execution;
  }

  describe('audit', () => {
    it('chains records of two processes without a gap', () => {
      for (const one of [store, second, second, store]) one.append({ type: 'session-ended', reason: 'x' }, 5);
      const records = store.list({});
      expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect(records.slice(1).map(({ previousHash }) => previousHash)).toEqual(
        records.slice(0, 3).map(({ hash }) => hash),
      );
      expect(second.verify()).toMatchObject({ ok: true, records: 4, firstBad: null });
    });

    it('says what it cannot prove', () => {
      expect(store.verify().limits).toContain('not tamper-proof');
    });

    it('lists by pipeline, type and time, the newest of them, in rising order', () => {
      store.append({ type: 'session-ended', reason: 'a' }, 1);
      for (const atMs of [2, 3, 4])
        store.append(
          { type: 'human-rollback', pipeline: `p${atMs % 2}`, deploymentId: null, by: alice, reason: null },
          atMs,
        );
      const seqs = (query: Parameters<Store['list']>[0]): number[] => store.list(query).map(({ seq }) => seq);
      expect(seqs({ pipeline: 'p0' })).toEqual([2, 4]);
      expect(seqs({ types: ['session-ended'] })).toEqual([1]);
      expect(seqs({ types: [] })).toEqual([]);
      expect(seqs({ sinceMs: 3 })).toEqual([3, 4]);
      expect(seqs({ limit: 2 })).toEqual([3, 4]);
      expect(seqs({ afterSeq: 1, limit: 2 })).toEqual([2, 3]);
    });
  });

  describe('leases', () => {
    it('are held by one, who is named to the other', () => {
      const { id } = begun();
      expect(store.acquire('t', 'alice', id, 1)).toEqual({
        granted: true,
        lease: { targetId: 't', holder: 'alice', token: 1 },
      });
      expect(second.acquire('t', 'bob', 'other', 2)).toMatchObject({ granted: false, holder: 'alice' });
      expect(second.holderOf('t')).toMatchObject({ holder: 'alice' });
      expect(second.acquire('u', 'bob', 'other', 2)).toMatchObject({ granted: true });
    });

    it('never end over an execution that has not ended, whatever time it is', () => {
      const { id } = begun();
      const answer = store.acquire('t', 'alice', id, 1);
      if (answer.granted) store.release(answer.lease);
      expect(second.acquire('t', 'bob', 'other', 1e15)).toMatchObject({ granted: false });
    });

    it('are kept by an unknown end and freed by a known one', () => {
      const execution = begun();
      const answer = store.acquire('t', 'alice', execution.id, 1);
      const lease = answer.granted ? answer.lease : expect.fail('not granted');
      for (const state of ['leased', 'executing', 'unknown'] as const) {
        expect(store.moveExecution({ ...execution, state }, lease)).toBe(true);
      }
      expect(second.acquire('t', 'bob', 'other', 2)).toMatchObject({ granted: false });
      expect(store.moveExecution({ ...execution, state: 'failed' }, lease)).toBe(true);
      expect(store.isCurrent(lease)).toBe(false);
      expect(second.acquire('t', 'bob', 'other', 2)).toMatchObject({ granted: true, lease: { token: 2 } });
    });

    it('fence: after another took over, the first can write nothing', () => {
      const execution = begun();
      const answer = store.acquire('t', 'alice', execution.id, 1);
      const lease = answer.granted ? answer.lease : expect.fail('not granted');
      const other = { ...me, pid: 2 };
      const taken = second.adoptExecution(execution.id, me, other, 'bob');
      expect(taken).toMatchObject({ adopted: true, lease: { holder: 'bob', token: 2 } });
      expect(second.adoptExecution(execution.id, me, other, 'carol')).toEqual({ adopted: false, lease: null });
      expect(store.isCurrent(lease)).toBe(false);
      expect(store.moveExecution({ ...execution, state: 'leased' }, lease)).toBe(false);
      expect(store.execution(execution.id)!.state).toBe('approved');
      expect(second.moveExecution({ ...execution, state: 'leased' }, taken.lease!)).toBe(true);
    });
  });

  describe('proposals', () => {
    it('are open once per plan: the second process adopts the first one', () => {
      const [first, same] = [proposalOf(plan(step)), proposalOf(plan(step))];
      expect(store.saveProposal(first)).toEqual(first);
      expect(second.saveProposal(same)).toEqual(first);
      expect(store.openProposals()).toEqual([first]);
    });

    it('give way to one with other steps, and to a later one when they have expired', () => {
      const first = proposalOf(plan(step), { openedAtMs: 0, expiresAtMs: 10 });
      const changed = proposalOf(plan(sh('echo other')), { openedAtMs: 5, expiresAtMs: 20 });
      const later = proposalOf(changed.plan, { openedAtMs: 20, expiresAtMs: 30 });
      for (const one of [first, changed, later]) expect(store.saveProposal(one)).toEqual(one);
      expect(store.answerOf(first.id)).toMatchObject({ answer: 'superseded' });
      expect(store.answerOf(changed.id)).toMatchObject({ answer: 'expired' });
      expect(store.openProposals()).toEqual([later]);
    });

    it('take one answer', () => {
      const proposal = store.saveProposal(proposalOf(plan(step), { openedAtMs: 0, expiresAtMs: 100 }));
      const yes = { answer: 'approved', by: alice, atMs: 50, reason: 'seen it' } as const;
      expect(store.answerProposal(proposal.id, yes)).toBe(true);
      expect(second.answerProposal(proposal.id, { ...yes, answer: 'dismissed' })).toBe(false);
      expect(second.closeProposal(proposal.id, 'expired', 60)).toBe(false);
      expect(second.answerOf(proposal.id)).toEqual(yes);
      expect(second.approval(proposal.id)).toEqual({
        proposalId: proposal.id,
        planId: 'plan-1',
        by: alice,
        atMs: 50,
        reason: 'seen it',
      });
      expect(second.openProposals()).toEqual([]);
    });

    it('take no yes after their time, but a no', () => {
      const proposal = store.saveProposal(proposalOf(plan(step), { openedAtMs: 0, expiresAtMs: 100 }));
      expect(store.answerProposal(proposal.id, { answer: 'approved', by: alice, atMs: 100, reason: null })).toBe(false);
      expect(store.approval(proposal.id)).toBeNull();
      expect(store.closeProposal(proposal.id, 'approved', 100)).toBe(false);
      expect(store.answerProposal(proposal.id, { answer: 'dismissed', by: alice, atMs: 100, reason: null })).toBe(true);
    });

    it('remember who has said yes, each once, while they are open', () => {
      const bob = { ...alice, name: 'bob', via: 'uid 1001 on box' };
      const { id } = store.saveProposal(proposalOf(plan(step), { approvalsNeeded: 2 }));
      for (const by of [alice, alice, bob]) second.secondProposal(id, by);
      expect(store.openProposals()).toMatchObject([{ id, approvedBy: [alice, bob] }]);
      store.closeProposal(id, 'superseded', 1);
      second.secondProposal(id, { ...alice, name: 'cid', via: 'uid 1002 on box' });
      expect(store.proposal(id)?.approvedBy).toEqual([alice, bob]);
      expect(() => store.secondProposal('nobody', alice)).not.toThrow();
    });

    it('remember that they are held', () => {
      const { id } = store.saveProposal(proposalOf(plan(step)));
      store.holdProposal(id);
      expect(second.proposal(id)).toMatchObject({ held: true });
      expect(second.proposal('nobody')).toBeNull();
      expect(second.answerOf('nobody')).toBeNull();
    });
  });

  describe('executions', () => {
    it('need an approval on record and are begun once for it', () => {
      const proposal = store.saveProposal(proposalOf(plan(step)));
      expect(() => store.beginExecution(executionOf(proposal), me)).toThrow('no approval');
      store.answerProposal(proposal.id, { answer: 'approved', by: alice, atMs: Date.now(), reason: null });
      expect(store.beginExecution(executionOf(proposal), me)).toBe(true);
      expect(second.beginExecution(executionOf(proposal, { id: 'again', attempt: 2 }), me)).toBe(false);
      expect(second.ownerOf(`execution-${proposal.id}`)).toEqual(me);
    });

    it('of a group are begun by whoever has the group in hand, until it has ended', () => {
      const question = groupQuestion(
        ['web', 'api'].map((pipeline) => plan(step, { id: `plan-${pipeline}`, pipeline })),
      );
      approve(store, question);
      const members = memberProposals(question);
      const [first, last] = [executionOf(members[0]!), executionOf(members[1]!)];
      const other = { ...me, pid: 2 };
      expect(() => store.beginExecution(first, me)).toThrow('not in the hands of this process: nothing is run');
      const run: GroupRun = {
        id: question.id,
        name: 'shop',
        state: 'running',
        steps: [],
        hold: null,
        text: '',
        startedAtMs: 1000,
        endedAtMs: null,
        dryRun: false,
        by: alice,
      };
      store.beginGroup(run, me);
      expect(() => second.beginExecution(first, other)).toThrow('not in the hands of this process');
      expect(store.beginExecution(first, me)).toBe(true);
      expect(second.adoptGroup(run.id, me, other)).toBe(true);
      expect(() => store.beginExecution(last, me)).toThrow('not in the hands of this process');
      second.saveGroup({ ...run, state: 'failed', endedAtMs: 2000 }, other);
      expect(() => second.beginExecution(last, other)).toThrow('not in the hands of this process');
      expect(store.executionsOfPlan('plan-api')).toEqual([]);
    });

    it('do not share an attempt', () => {
      begun();
      const other = proposalOf(plan(step));
      approve(second, other);
      expect(second.beginExecution(executionOf(other), me)).toBe(false);
      expect(second.beginExecution(executionOf(other, { attempt: 2 }), me)).toBe(true);
      expect(store.executionsOfPlan('plan-1').map(({ attempt }) => attempt)).toEqual([1, 2]);
    });

    it('go only where the state machine leads', () => {
      const execution = begun();
      expect(() => store.saveExecution({ ...execution, state: 'done' })).toThrow('cannot go from approved to done');
      store.saveExecution({ ...execution, state: 'cancelled', text: 'first' });
      store.saveExecution({ ...execution, state: 'cancelled', text: 'second' });
      expect(store.execution(execution.id)!.text).toBe('first');
      expect(() => store.saveExecution({ ...execution, state: 'leased' })).toThrow(
        'cannot go from cancelled to leased',
      );
    });

    it('are unfinished until their end is known', () => {
      const execution = begun();
      expect(second.unfinishedExecutions()).toEqual([execution]);
      for (const state of ['leased', 'executing', 'unknown'] as const) store.saveExecution({ ...execution, state });
      expect(second.unfinishedExecutions()).toHaveLength(1);
      store.saveExecution({ ...execution, state: 'failed' });
      expect(second.unfinishedExecutions()).toEqual([]);
      expect(second.recentExecutions(5)).toHaveLength(1);
    });
  });

  it('tells decide what happened before; dry runs are no acts', () => {
    const execution = begun();
    expect(store.history(2000).inFlight).toMatchObject({ pipeline: 'checkout', planId: 'plan-1' });
    store.saveExecution({ ...execution, state: 'cancelled', endedAtMs: 1500 });
    store.recordHealth('checkout', 'v1', 10, true);
    store.recordHealth('checkout', 'v2', 20, true);
    store.recordHealth('checkout', 'v2', 20, false);
    store.recordHumanDecision('checkout@v2@20', 30);
    expect(second.history(2000)).toEqual({
      rollbacks: [
        {
          pipeline: 'checkout',
          deploymentId: 'checkout@v2@1',
          fromVersion: 'v2',
          toVersion: 'v1',
          atMs: 1500,
          state: 'cancelled',
        },
      ],
      versions: [
        { pipeline: 'checkout', version: 'v2', deployedAtMs: 20, healthy: false },
        { pipeline: 'checkout', version: 'v1', deployedAtMs: 10, healthy: true },
      ],
      inFlight: null,
      humanDecided: ['checkout@v2@20'],
    });
  });

  it('keeps deployments and offsets', () => {
    const base = {
      pipeline: 'checkout',
      environment: null,
      previous: null,
      commit: null,
      origin: 'marker',
      features: null,
    } as const;
    for (const atMs of [1, 2, 3]) store.saveDeployment({ ...base, id: `d${atMs}`, version: `v${atMs}`, atMs });
    expect(second.recentDeployments('checkout', 2).map(({ id }) => id)).toEqual(['d3', 'd2']);
    store.save('/a', 'one');
    store.saveAll?.(
      new Map([
        ['/a', 'two'],
        ['/b', 'three'],
      ]),
    );
    expect([second.load('/a'), second.load('/b'), second.load('/c')]).toEqual(['two', 'three', null]);
  });

  it('hands each request to one engine', () => {
    const request = {
      id: 'r',
      proposalId: 'p',
      answer: 'approved',
      by: alice,
      atMs: 1,
      reason: null,
      typedName: null,
    } as const;
    store.requestAnswer(request);
    expect(second.takeAnswerRequests()).toEqual([request]);
    expect(store.takeAnswerRequests()).toEqual([]);
    expect(store.answerRequestOutcome('r')).toBeNull();
    second.settleAnswerRequest('r', { ok: true, text: 'done' });
    expect(store.answerRequestOutcome('r')).toEqual({ ok: true, text: 'done' });
  });

  it('knows who is watching', () => {
    const beat = { id: 'e', holder: 'alice', mark: me, updatedAtMs: 1 };
    store.beat(beat);
    store.beat({ ...beat, updatedAtMs: 2 });
    expect(second.engines()).toEqual([{ ...beat, updatedAtMs: 2 }]);
    store.endBeat('e');
    expect(second.engines()).toEqual([]);
  });
});
