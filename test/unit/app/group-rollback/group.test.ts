import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaveRequest } from '../../../../src/app/executor/act-request.ts';
import type { GroupRun } from '../../../../src/core/model/group-run.ts';
import type { Plan } from '../../../../src/core/model/rollback.ts';
import { alice, approve, sh, until } from '../../../fakes/act-bench.ts';
import { groupBench, type GroupBench } from '../../../fakes/group-bench.ts';

let group: GroupBench;

beforeEach(() => {
  group = groupBench(['web', 'api', 'db']);
});
afterEach(() => group.bench.close());

const states = ({ steps }: GroupRun): readonly string[] => steps.map(({ pipeline, state }) => `${pipeline} ${state}`);

function changed(pipeline: string, change: Partial<Plan>): readonly Plan[] {
  return group.plans.map((one) => (one.pipeline === pipeline ? { ...one, ...change } : one));
}

function command(text: string): Partial<Plan> {
  return { steps: [{ index: 0, text: 'step', command: sh(text) }] };
}

async function held(): Promise<GroupRun> {
  await until('held', () => group.runs.at(-1)?.state === 'held');
  return group.runs.at(-1)!;
}

describe('a group rollback', () => {
  it('takes one service after the other, each under its own plan, and is done when all have recovered', async () => {
    // The first needs the last to be well: its recovery must not be waited for before the others go back.
    group.health = (pipeline) => (group.isBack('db') || (pipeline === 'db' && group.isBack(pipeline)) ? 95 : 20);
    const end = await group.run(group.question());
    expect(states(end)).toEqual(['web done', 'api done', 'db done']);
    expect(end).toMatchObject({ state: 'done', text: '3 of 3 went back', hold: null });
    expect(group.effects()).toEqual(['web', 'api', 'db']);
    const plans = group.bench.store.recentExecutions(9).map(({ planId }) => planId);
    expect(plans.toSorted()).toEqual(['plan-api', 'plan-db', 'plan-web']);
    expect(group.bench.store.holderOf('target-api')).toBeNull();
    expect(group.bench.store.group(end.id)).toEqual(end);
  });

  it('says on disk which service it is at before that one begins', async () => {
    await group.run(group.question());
    const texts = group.runs.map(({ text }) => text);
    expect(texts.indexOf('2 of 3: api goes back')).toBeGreaterThan(texts.indexOf('1 of 3: web is verifying'));
    expect(group.runs.find(({ text }) => text.startsWith('2 of 3: api goes'))?.steps[1]?.state).toBe('waiting');
  });

  it('stops and asks when a service makes another one worse; the hold expires into a question', async () => {
    group.health = (pipeline) => (pipeline === 'api' ? (group.isBack('web') ? 10 : 60) : 50);
    const verify = { ...group.plans[0]!.verify, withinMs: 1000 };
    const end = await group.run(group.question(changed('web', { verify })));
    expect(group.effects()).toEqual(['web']);
    expect(states(end)).toEqual(['web restored-unhealthy', 'api waiting', 'db waiting']);
    expect(end.state).toBe('failed');
    expect(end.text).toContain('it made api worse: health 10 (60 before); nobody said within');
    expect(group.expired).toEqual([end]);
  });

  it('goes on from there when a person says so', async () => {
    group.health = (pipeline) => (group.isBack('db') ? 95 : pipeline === 'api' && group.isBack('web') ? 10 : 40);
    const running = group.run(group.question(group.plans, { holdMs: 20_000 }));
    const at = await held();
    expect(at.hold?.why).toBe('worse');
    expect(group.effects()).toEqual(['web']);
    const word = { kind: 'continue', by: alice, reason: null } as const;
    leaveRequest(group.bench.dir, at.id, { ...word, atMs: Date.now() });
    expect(await running).toMatchObject({ state: 'done' });
    expect(group.effects()).toEqual(['web', 'api', 'db']);
    expect(group.expired).toEqual([]);
  });

  it('stops and asks when what is still to go back is well again', async () => {
    group.health = () => (group.isBack('web') ? 90 : 20);
    const end = await group.run(group.question());
    expect(end.text).toContain('what is still to go back is well again: api health 90 (20 before)');
    expect(states(end)).toEqual(['web done', 'api waiting', 'db waiting']);
  });

  it('stops where a service did not go back: nothing that it needs is touched', async () => {
    const verify = { ...group.plans[0]!.verify, withinMs: 1000 };
    const end = await group.run(group.question(changed('web', { ...command('echo OK'), verify })));
    expect(end.state).toBe('failed');
    expect(end.text).toContain('web is failed: rollback failed: still version v2');
    expect(states(end)).toEqual(['web failed', 'api waiting', 'db waiting']);
    expect(group.effects()).toEqual([]);
  });

  it('is unknown where one is, and the target of that one stays locked', async () => {
    const slow = { steps: [{ index: 0, text: 'step', command: sh('trap "" TERM; sleep 9', {}, 300) }] };
    const end = await group.run(group.question(changed('api', slow)));
    expect(states(end)).toEqual(['web done', 'api unknown', 'db waiting']);
    expect(end.state).toBe('unknown');
    expect(group.bench.store.holderOf('target-api')).not.toBeNull();
  });

  it('is cancelled where nothing was run', async () => {
    group.bench.standing = { ...group.bench.standing, halted: 'stop' };
    const end = await group.run(group.question());
    expect(end).toMatchObject({ state: 'cancelled' });
    expect(states(end)).toEqual(['web cancelled', 'api waiting', 'db waiting']);
  });

  it('asks where nothing can prove that a service went back', async () => {
    const verify = { ...group.plans[0]!.verify, versionCommand: null };
    const end = await group.run(group.question(changed('web', { verify })));
    expect(end.text).toContain('nothing proves that web went back');
    expect(group.effects()).toEqual(['web']);
  });

  it('stops between two services when it is aborted', async () => {
    const question = group.question(group.plans, { forMs: 20_000 });
    const running = group.run(question);
    await until('web is back', () => group.runs.some(({ text }) => text.startsWith('1 of 3: web is ')));
    leaveRequest(group.bench.dir, question.id, { kind: 'abort', by: alice, atMs: Date.now(), reason: 'enough' });
    const end = await running;
    expect(end.text).toContain('aborted by alice (enough)');
    expect(group.effects()).toEqual(['web']);
  });

  it('runs nothing in a dry run', async () => {
    const dry = group.plans.map((one) => ({ ...one, dryRun: true, dryRunBecause: 'asked for' }));
    const end = await group.run(group.question(dry));
    expect(end).toMatchObject({ state: 'unverified', dryRun: true, text: 'dry run: nothing was run' });
    expect(group.effects()).toEqual([]);
  });

  it('is carried out once, whoever asks again', async () => {
    const question = group.question();
    const first = await group.run(question);
    const approval = group.bench.store.approval(question.id)!;
    expect(await group.executor.execute(question, approval)).toEqual(first);
    expect(group.effects()).toEqual(['web', 'api', 'db']);
  });
});

describe('the yes to a group', () => {
  it('is the yes to each of its services, in one statement', () => {
    const { store } = group.bench;
    const question = group.question();
    expect(store.saveProposal(question)).toEqual(question);
    expect(store.proposal(`${question.id}.1`)).toBeNull();
    approve(store, question);
    expect(store.approval(`${question.id}.2`)).toMatchObject({ planId: 'plan-api', by: alice });
    expect(store.proposal(`${question.id}.2`)).toMatchObject({ pipeline: 'api', plan: { id: 'plan-api' } });
    expect(store.openProposals()).toEqual([]);
  });

  it('is another question than that about one of them, and closes nobody else', () => {
    const { store } = group.bench;
    const question = group.question();
    const { group: _, ...alone } = question;
    store.saveProposal({ ...alone, id: 'alone' });
    store.saveProposal(question);
    expect(store.openProposals().map(({ id }) => id)).toEqual(['alone', question.id]);
    // The same group asked about by another process is the same question.
    expect(store.saveProposal({ ...question, id: 'again' }).id).toBe(question.id);
  });
});
