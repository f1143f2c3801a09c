import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../../src/app/engine/types.ts';
import type { ServiceGroup } from '../../../../src/core/model/group.ts';
import type { Proposal } from '../../../../src/core/model/rollback.ts';
import { emptySession } from '../../../../src/core/session/state.ts';
import type { Policy } from '../../../../src/core/model/policy.ts';
import { DEFAULT_JUDGE } from '../../../../src/core/plan/with-judging.ts';
import { ANN, execution, history, plan, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const FAILED_MS = T0 + 250_000;
const SHOP: ServiceGroup = {
  name: 'shop',
  has: (pipeline) => ['web', 'api', 'db', 'mail'].includes(pipeline),
  needs: { web: ['api'], api: ['db'] },
  togetherMs: 600_000,
  judge: DEFAULT_JUDGE,
};

/** Four services deployed together; of these the named ones fail. */
function deployed(failing: readonly string[], policy: Partial<Policy> = {}, commit: string | null = null) {
  const made = recordedEngine({
    settings: (pipeline) => settings({ policy }, pipeline),
    groups: [SHOP],
    plan: (request, { left = [] }) => plan(request, { notUndone: left.map(({ text }) => text) }),
  });
  const { give, events } = made;
  give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
  for (const pipeline of ['web', 'api', 'db', 'mail', 'other']) {
    give({ type: 'deployment', nowMs: T0, deployment: deployment({ pipeline, commit }) });
  }
  for (const pipeline of ['web', 'api', 'db', 'mail', 'other']) fails(pipeline, failing.includes(pipeline));
  give({ type: 'caught-up', nowMs: FAILED_MS });
  function fails(pipeline: string, bad: boolean): void {
    const last = bad ? steady(6, 900) : steady(6, 120);
    const batch = rows({ response_time: [...steady(380, 120), ...last] }, T0 - 3_600_000);
    give({ type: 'rows', nowMs: FAILED_MS, path: pipeline, pipeline, batch, backfill: true });
  }
  const opened = (): readonly Proposal[] => {
    const closed = new Set(events.flatMap((one) => (one.type === 'proposal-closed' ? [one.proposalId] : [])));
    return events.flatMap((one) =>
      one.type === 'proposal-opened' && !closed.has(one.proposal.id) ? [one.proposal] : [],
    );
  };
  const order = (): readonly string[] => opened()[0]!.group?.members.map(({ pipeline }) => pipeline) ?? [];
  return { ...made, opened, order };
}

function yes(proposalId: string, typedName: string | null = null): EngineInput {
  const command = { type: 'approve', proposalId, typedName, reason: 'seen it' } as const;
  return { type: 'command', nowMs: FAILED_MS, command, by: ANN };
}

describe('services deployed together', () => {
  it('that fail are one question, in the order of what they need; what needs them goes back too', () => {
    const { opened, order } = deployed(['api', 'db']);
    expect(opened()).toHaveLength(1);
    expect(order()).toEqual(['web', 'api', 'db']);
    const { group } = opened()[0]!;
    expect(group?.members[0]?.why).toBe('it needs api, which goes back');
    expect(group?.left).toEqual([{ pipeline: 'mail', why: 'nothing blames it, and it needs nothing that goes back' }]);
  });

  it('that go back together are not left on a newer version; those that stay are', () => {
    const { opened } = deployed(['api', 'db'], {}, 'abcdef0');
    const stays = 'deployed with it from commit abcdef0 and left on the newer version: mail (v2), other (v2)';
    expect(opened()[0]!.group?.members.map((member) => member.plan.notUndone)).toEqual([[stays], [stays], [stays]]);
    expect(opened()[0]!.plan.notUndone).toEqual([stays]);
  });

  it('of which one fails that nothing needs are no group', () => {
    const { opened } = deployed(['web']);
    expect(opened()).toHaveLength(1);
    expect(opened()[0]!.group).toBeUndefined();
  });

  it('are never rolled back without a person', () => {
    const { opened } = deployed(['db'], { mode: 'auto' });
    expect(opened()[0]).toMatchObject({ autoAtMs: null, group: { name: 'shop' } });
    expect(deployed(['other'], { mode: 'auto' }).opened()[0]!.autoAtMs).not.toBeNull();
  });

  it('are asked about anew when one more of them fails', () => {
    const { give, opened, order, events } = deployed(['mail']);
    expect(opened()[0]!.group).toBeUndefined();
    const batch = rows({ response_time: steady(6, 900) }, FAILED_MS + 1);
    give({ type: 'rows', nowMs: FAILED_MS + 60_000, path: 'web', pipeline: 'web', batch, backfill: false });
    expect(opened()).toHaveLength(1);
    expect(order().toSorted()).toEqual(['mail', 'web']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'proposal-closed', reason: 'asked as part of shop' }),
    );
  });

  it('are approved together, by the name of the group in production', () => {
    const { engine, opened } = deployed(['db'], { production: true });
    const { id } = opened()[0]!;
    expect(engine.advance(yes(id, 'db')).result).toMatchObject({ ok: false, text: expect.stringContaining('shop') });
    const { result, events } = engine.advance(yes(id, 'shop'));
    expect(result).toEqual({ ok: true, text: 'approved: web v2 → v1, api v2 → v1, db v2 → v1' });
    expect(events.filter(({ type }) => type === 'proposal-closed')).toHaveLength(1);
  });

  it('are refused where one of them has been deployed anew', () => {
    const { engine, give, opened } = deployed(['db']);
    const { id } = opened()[0]!;
    const newer = deployment({ pipeline: 'web', version: 'v3', previous: 'v2', atMs: FAILED_MS });
    give({ type: 'deployment', nowMs: FAILED_MS + 1, deployment: newer });
    give({ type: 'tick', nowMs: FAILED_MS + 2 });
    expect(engine.advance(yes(id)).result).toMatchObject({ ok: false });
  });

  it('are under way until the last has ended: nothing else is done by itself meanwhile', () => {
    const { engine, opened, give } = deployed(['db']);
    const proposal = opened()[0]!;
    engine.advance(yes(proposal.id));
    const ended = execution(`${proposal.id}.1`, proposal.group!.members[0]!.plan, {
      state: 'done',
      endedAtMs: FAILED_MS,
    });
    give({ type: 'execution', nowMs: FAILED_MS, execution: ended });
    const standingNow = engine.snapshot(FAILED_MS, emptySession(), { pipeline: null, metric: null }).fleet.standing;
    expect(standingNow.join()).toContain('rolling back api');
  });

  it('are asked about once: an unanswered question ends in hold for each of them', () => {
    const { give, opened } = deployed(['api', 'db']);
    const { expiresAtMs } = opened()[0]!;
    for (const pipeline of ['web', 'api', 'db', 'mail', 'other']) {
      const isBad = pipeline === 'api' || pipeline === 'db';
      const batch = rows({ response_time: steady(100, isBad ? 900 : 120) }, FAILED_MS + 1);
      give({ type: 'rows', nowMs: expiresAtMs - 1, path: pipeline, pipeline, batch, backfill: false });
    }
    expect(opened()).toHaveLength(1);
    give({ type: 'tick', nowMs: expiresAtMs });
    give({ type: 'tick', nowMs: expiresAtMs + 1_000 });
    expect(opened()).toEqual([]);
  });

  it('leave out what a person has decided about', () => {
    const { engine, give, opened, events } = deployed(['mail', 'db']);
    const { id } = opened()[0]!;
    expect(
      opened()[0]!
        .group?.members.map(({ pipeline }) => pipeline)
        .toSorted(),
    ).toEqual(['api', 'db', 'mail', 'web']);
    events.push(
      ...engine.advance({
        type: 'command',
        nowMs: FAILED_MS,
        command: { type: 'dismiss', proposalId: id, reason: null },
        by: ANN,
      }).events,
    );
    give({ type: 'tick', nowMs: FAILED_MS + 1_000 });
    expect(opened()).toEqual([]);
  });

  it('go back exactly as a person names them', () => {
    const { engine } = deployed([]);
    const propose = (pipelines: readonly string[]) =>
      engine.advance({
        type: 'command',
        nowMs: FAILED_MS,
        command: { type: 'propose-group', name: 'shop', pipelines },
        by: ANN,
      });
    expect(propose(['nope']).result).toEqual({ ok: false, text: 'nope is no pipeline of it that is watched here' });
    const { events, result } = propose(['db', 'web']);
    expect(result?.ok).toBe(true);
    const found = events.find(({ type }) => type === 'proposal-opened');
    const group = found?.type === 'proposal-opened' ? found.proposal.group : undefined;
    expect(group?.members.map(({ pipeline }) => pipeline)).toEqual(['web', 'db']);
    expect(group?.left).toContainEqual({ pipeline: 'api', why: 'not chosen, although it needs db, which goes back' });
  });
});
