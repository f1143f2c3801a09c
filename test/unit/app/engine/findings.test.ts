import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../../../src/app/engine/types.ts';
import type { Findings, Inquiry } from '../../../../src/core/model/findings.ts';
import type { Proposal } from '../../../../src/core/model/rollback.ts';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { emptySession } from '../../../../src/core/session/state.ts';
import { reduce } from '../../../../src/core/session/reduce.ts';
import { strategicPlan } from '../../../../src/app/rollback/strategic-plan.ts';
import { createEngine } from '../../../../src/app/engine/engine.ts';
import type { EngineInput } from '../../../../src/app/engine/types.ts';
import { ANN, engineOptions, history, plan, standing } from '../../../builders/engine.ts';
import { deployment, policy, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const FAILED_MS = T0 + 250_000;
const BAD = rows({ response_time: [...steady(380, 120), ...steady(6, 900)] }, T0 - 3_600_000);

const PLATFORM = {
  name: 'shell',
  target: () => ({ platform: 'shell', id: 'x', text: 'x' }),
  plan: (request: Parameters<typeof plan>[0]) => plan(request),
  versionReader: () => null,
};

/** An engine in which checkout has failed and something can be asked about a rollback of it. */
function looking(change: Partial<EngineOptions> = {}, restored: readonly Proposal[] = []) {
  const engine = createEngine(
    engineOptions({
      settings: (pipeline) => ({ ...settings({}, pipeline), policy: policy({ mode: 'auto' }) }),
      inquires: () => true,
      plan: (request, about) => strategicPlan(PLATFORM, request, about),
      ...change,
    }),
  );
  const events: SessionEvent[] = [];
  const inquiries: Inquiry[] = [];
  let session = emptySession();
  function give(input: EngineInput) {
    const output = engine.advance(input);
    events.push(...output.events);
    inquiries.push(...output.inquiries);
    for (const event of output.events) session = reduce(session, { seq: session.seq + 1, atMs: input.nowMs, event });
    return output.result;
  }
  give({ type: 'restored', nowMs: T0, proposals: restored, executions: [] });
  give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
  give({ type: 'deployment', nowMs: T0, deployment: deployment({ commit: 'abc1234' }) });
  give({ type: 'rows', nowMs: FAILED_MS, path: 'a', pipeline: 'checkout', batch: BAD, backfill: true });
  give({ type: 'caught-up', nowMs: FAILED_MS });
  const snapshot = (nowMs = FAILED_MS) => engine.snapshot(nowMs, session, { pipeline: null, metric: null });
  const opened = () => events.filter((event) => event.type === 'proposal-opened');
  return { give, events, inquiries, snapshot, opened };
}

function findings(change: Partial<Findings> = {}): Findings {
  return {
    pipeline: 'checkout',
    deploymentId: deployment().id,
    toVersion: 'v1',
    atMs: FAILED_MS,
    left: [],
    doubts: [],
    lookedAt: ['git: 3 files changed'],
    versions: [],
    external: null,
    forward: [],
    ...change,
  };
}

describe('what a rollback will not undo', () => {
  it('is asked for once, and no question is put before the answer', () => {
    const { give, inquiries, opened, snapshot } = looking();
    give({ type: 'tick', nowMs: FAILED_MS + 1000 });
    expect(inquiries).toMatchObject([
      { pipeline: 'checkout', fromVersion: 'v2', toVersion: 'v1', fromCommit: 'abc1234' },
    ]);
    expect(opened()).toEqual([]);
    expect(snapshot().rollbacks).toMatchObject([{ pipeline: 'checkout', isLooking: true, draft: { id: '' } }]);
    expect(
      give({
        type: 'command',
        nowMs: FAILED_MS,
        command: { type: 'approve', proposalId: '', typedName: null, reason: null },
        by: ANN,
      }),
    ).toMatchObject({ ok: false });
    give({ type: 'findings', nowMs: FAILED_MS + 1000, findings: findings() });
    expect(opened()).toMatchObject([
      { proposal: { because: 'anomaly', plan: { lookedAt: ['git: 3 files changed'] } } },
    ]);
  });

  it('lets auto count down only when nothing was found and everything could be looked at', () => {
    const clean = looking();
    clean.give({ type: 'findings', nowMs: FAILED_MS, findings: findings() });
    expect(clean.snapshot().proposals[0]?.autoAtMs).not.toBeNull();
    for (const change of [{ doubts: ['git gave no answer'] }, { left: [{ kind: 'drift', text: 'x' }] as const }]) {
      const held = looking();
      held.give({ type: 'findings', nowMs: FAILED_MS, findings: findings(change) });
      expect(held.snapshot().proposals[0]?.autoAtMs).toBeNull();
    }
  });

  it('blocks where its finder says so, until a named person overrides it with a reason, on record', () => {
    const { give, events, snapshot } = looking();
    const left = [{ kind: 'hook', text: 'ledger was closed', blocks: true }] as const;
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings({ left }) });
    const { id: proposalId } = snapshot().proposals[0]!;
    const approve = (reason: string | null, override: boolean) =>
      give({
        type: 'command',
        nowMs: FAILED_MS,
        command: { type: 'approve', proposalId, typedName: null, reason, override },
        by: ANN,
      });
    expect(approve('it is bad', false)?.text).toContain('the policy blocks it: ledger was closed');
    expect(approve(null, true)?.text).toContain('give a reason');
    expect(approve('reopened by hand', true)).toMatchObject({ ok: true });
    expect(events.findLast((event) => event.type === 'proposal-closed')).toMatchObject({
      answer: 'approved',
      by: ANN,
      reason: 'reopened by hand',
      overrode: ['the policy blocks it: ledger was closed'],
    });
  });

  it('is looked at again while the question is open, and the question is put anew only where it has changed', () => {
    const { give, inquiries, snapshot, opened, events } = looking();
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings() });
    const first = snapshot().proposals[0]!;
    give({ type: 'tick', nowMs: FAILED_MS + 61_000 });
    expect(inquiries.length).toBe(2);
    give({ type: 'findings', nowMs: FAILED_MS + 61_000, findings: findings({ atMs: FAILED_MS + 61_000 }) });
    expect(snapshot().proposals[0]?.id).toBe(first.id);
    const left = [{ kind: 'self-heal', text: 'Argo CD puts it back' }] as const;
    give({ type: 'tick', nowMs: FAILED_MS + 122_000 });
    give({ type: 'findings', nowMs: FAILED_MS + 122_000, findings: findings({ left }) });
    expect(events.findLast((event) => event.type === 'proposal-closed')).toMatchObject({
      proposalId: first.id,
      answer: 'superseded',
      reason: 'what it will not undo is not what it was',
    });
    expect(opened().at(-1)).toMatchObject({
      proposal: {
        expiresAtMs: first.expiresAtMs,
        plan: { notUndone: ['Argo CD puts it back'] },
        instead: [{ rule: 'gitops', text: expect.stringContaining('revert commit abc1234') as string }],
      },
    });
  });

  it('leaves a question of an earlier session alone while it finds the same, with the yeses it has', () => {
    const first = looking();
    first.give({ type: 'findings', nowMs: FAILED_MS, findings: findings() });
    const asked = { ...first.snapshot().proposals[0]!, approvalsNeeded: 2, approvedBy: [ANN] };
    const { give, events, inquiries } = looking({}, [asked]);
    give({ type: 'tick', nowMs: FAILED_MS + 1000 });
    expect(inquiries.at(-1)).toMatchObject({ toVersion: 'v1' });
    give({ type: 'findings', nowMs: FAILED_MS + 1000, findings: findings() });
    expect(events.filter(({ type }) => type === 'proposal-closed')).toEqual([]);
    give({ type: 'tick', nowMs: FAILED_MS + 62_000 });
    give({ type: 'findings', nowMs: FAILED_MS + 62_000, findings: findings({ doubts: ['git is gone'] }) });
    expect(events.filter(({ type }) => type === 'proposal-closed')).toMatchObject([{ proposalId: asked.id }]);
  });

  it('that nobody answers becomes a doubt: a person is asked all the same', () => {
    const { give, opened } = looking();
    give({ type: 'tick', nowMs: FAILED_MS + 1000 });
    const samples = rows({ response_time: steady(10, 900) }, FAILED_MS);
    give({ type: 'rows', nowMs: FAILED_MS + 95_000, path: 'a', pipeline: 'checkout', batch: samples, backfill: false });
    give({ type: 'tick', nowMs: FAILED_MS + 95_000 });
    expect(opened()).toMatchObject([
      { proposal: { autoAtMs: null, plan: { doubts: [expect.stringContaining('no answer') as string] } } },
    ]);
  });

  it('of an earlier deployment is not taken for that of the present one', () => {
    const { give, opened } = looking();
    give({
      type: 'deployment',
      nowMs: FAILED_MS,
      deployment: deployment({ version: 'v3', previous: 'v2', atMs: FAILED_MS - 5000 }),
    });
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings() });
    expect(opened()).toEqual([]);
  });
});

describe('services deployed together', () => {
  it('that stay on the newer version are named', () => {
    const { give, snapshot } = looking({ inquires: () => false });
    const other = deployment({ pipeline: 'cart', id: 'cart@v9', version: 'v9', commit: 'abc1234' });
    give({ type: 'deployment', nowMs: FAILED_MS, deployment: other });
    give({
      type: 'rows',
      nowMs: FAILED_MS,
      path: 'b',
      pipeline: 'cart',
      batch: rows({ response_time: steady(9, 90) }, T0 + 1000),
      backfill: false,
    });
    give({ type: 'command', nowMs: FAILED_MS, command: { type: 'look', pipeline: 'checkout' }, by: ANN });
    expect(snapshot().rollbacks?.[0]?.draft?.plan.notUndone).toEqual([
      'deployed with it from commit abc1234 and left on the newer version: cart (v9)',
    ]);
  });
});

describe('a fix in another environment', () => {
  it('is offered instead: deployed later there, and well', () => {
    const { give, snapshot } = looking({
      inquires: () => false,
      settings: (name) => ({
        ...settings({}, name),
        policy: policy({ mode: 'auto', environment: name === 'checkout' ? 'production' : 'staging' }),
      }),
    });
    const staging = { pipeline: 'checkout-staging', environment: 'staging', commit: null } as const;
    const fixed = deployment({ ...staging, id: 'fix', version: 'v3', atMs: FAILED_MS - 10_000 });
    give({ type: 'deployment', nowMs: FAILED_MS, deployment: fixed });
    const well = rows({ response_time: steady(800, 90) }, FAILED_MS - 9000);
    const laterMs = FAILED_MS + 7_990_000;
    give({ type: 'rows', nowMs: laterMs, path: 'b', pipeline: 'checkout-staging', batch: well, backfill: false });
    const bad = rows({ response_time: steady(799, 900) }, FAILED_MS + 10_000);
    give({ type: 'rows', nowMs: laterMs, path: 'a', pipeline: 'checkout', batch: bad, backfill: false });
    give({ type: 'tick', nowMs: laterMs });
    expect(snapshot(laterMs).pipelines.map(({ verdict }) => verdict.phase)).toEqual(['Failed', 'Successful']);
    give({ type: 'command', nowMs: laterMs, command: { type: 'look', pipeline: 'checkout' }, by: ANN });
    expect(snapshot(laterMs).rollbacks?.[0]?.draft?.instead).toEqual([
      {
        rule: 'fix-elsewhere',
        text: expect.stringContaining('deploy v3: it is newer and has been healthy in staging') as string,
      },
    ]);
  });
});

describe('a rollback the platform makes by itself', () => {
  const external = {
    by: 'swarm update-failure-action',
    toVersion: 'v1',
    atMs: FAILED_MS - 1000,
    text: 'rollback started',
  };

  it('is recorded once, and never answered with a second one', () => {
    const { give, events, opened, snapshot } = looking();
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings({ external: { ...external, inProgress: true } }) });
    expect(opened()).toEqual([]);
    expect(snapshot().pipelines[0]?.decision).toMatchObject({ kind: 'hold', reason: 'external-rollback' });
    const asked = give({
      type: 'command',
      nowMs: FAILED_MS,
      command: { type: 'propose', pipeline: 'checkout' },
      by: ANN,
    });
    expect(asked).toMatchObject({ ok: false, text: expect.stringContaining('rolled back already') as string });
    expect(events.filter((event) => event.type === 'external-rollback')).toHaveLength(1);
  });

  it('is followed to its end as a return to the earlier version', () => {
    const { give, events, inquiries, snapshot } = looking();
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings({ external: { ...external, inProgress: true } }) });
    give({ type: 'tick', nowMs: FAILED_MS + 61_000 });
    expect(inquiries.length).toBe(2);
    give({
      type: 'findings',
      nowMs: FAILED_MS + 61_000,
      findings: findings({ external: { ...external, inProgress: false } }),
    });
    expect(events.filter((event) => event.type === 'external-rollback')).toHaveLength(2);
    expect(snapshot(FAILED_MS + 61_000).pipelines[0]?.deployment).toMatchObject({ version: 'v1', origin: 'rollback' });
  });

  it('is not taken for one where it was rollwatch that rolled back', () => {
    const { give, events } = looking();
    const own = {
      pipeline: 'checkout',
      deploymentId: 'd',
      fromVersion: 'v2',
      toVersion: 'v1',
      atMs: FAILED_MS,
      state: 'failed',
    } as const;
    give({ type: 'facts', nowMs: FAILED_MS, history: history({ rollbacks: [own] }), standing: standing() });
    give({ type: 'findings', nowMs: FAILED_MS, findings: findings({ external: { ...external, inProgress: false } }) });
    expect(events.filter((event) => event.type === 'external-rollback')).toEqual([]);
  });
});
