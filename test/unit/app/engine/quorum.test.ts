import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../../src/app/engine/types.ts';
import { samePerson } from '../../../../src/core/decide/quorum.ts';
import type { Actor } from '../../../../src/core/model/rollback.ts';
import { history, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const FAILED_MS = T0 + 250_000;
const BAD = rows({ response_time: [...steady(380, 120), ...steady(6, 900)] }, T0 - 3_600_000);
const ann = person('ann', 'uid 1000 on box');

/** Mode auto and two people: the question of a failed deployment, and a way to say yes to it. */
function asking(approvals: number) {
  const settingsOf = (pipeline: string) => settings({ policy: { mode: 'auto', approvals } }, pipeline);
  const { give, engine, events } = recordedEngine({ settings: settingsOf });
  give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
  give({ type: 'deployment', nowMs: T0, deployment: deployment() });
  give({ type: 'rows', nowMs: FAILED_MS, path: 'a', pipeline: 'checkout', batch: BAD, backfill: true });
  give({ type: 'caught-up', nowMs: FAILED_MS });
  const opened = events.find((event) => event.type === 'proposal-opened');
  const proposal = opened!.type === 'proposal-opened' ? opened!.proposal : null;
  const yes = (by: Actor) => {
    const command = { type: 'approve', proposalId: proposal!.id, typedName: null, reason: 'seen it' } as const;
    const input: EngineInput = { type: 'command', nowMs: FAILED_MS, command, by };
    const output = engine.advance(input);
    events.push(...output.events);
    return output.result!;
  };
  return { proposal: proposal!, yes, events };
}

describe('a quorum of two', () => {
  it('never counts down by itself', () => {
    expect(asking(1).proposal.autoAtMs).not.toBeNull();
    expect(asking(2).proposal).toMatchObject({ autoAtMs: null, approvalsNeeded: 2 });
  });

  it('takes the second yes of another user, not of another window', () => {
    const { yes, events } = asking(2);
    expect(yes(ann)).toEqual({ ok: true, text: 'noted: 1 of 2 have said yes; another person must' });
    expect(events.at(-1)).toMatchObject({ type: 'proposal-seconded', by: ann, have: 1, needed: 2 });
    expect(yes({ ...ann, name: 'another window' })).toMatchObject({ ok: false });
    expect(events.filter(({ type }) => type === 'proposal-closed')).toEqual([]);
    expect(yes(person('bob', 'uid 1001 on box'))).toMatchObject({ ok: true });
    expect(events.find(({ type }) => type === 'proposal-closed')).toMatchObject({ answer: 'approved' });
  });
});

function person(name: string, via: string): Actor {
  return { kind: 'person', name, via };
}

describe('two people', () => {
  it.each([
    ['two windows of one user', person('ann', 'uid 1000 on box'), person('ann', 'uid 1000 on box'), true],
    ['one uid under two names', person('ann', 'uid 1000 on box'), person('bob', 'uid 1000 on box'), true],
    [
      'one uid by sudo and without',
      person('root', 'uid 0 on box, by sudo from ann'),
      person('root', 'uid 0 on box'),
      true,
    ],
    ['two users', person('ann', 'uid 1000 on box'), person('bob', 'uid 1001 on box'), false],
    ['one name without a uid', person('ann', 'declared'), person('ann', 'uid 1000 on box'), true],
  ])('%s', (_, a, b, same) => {
    expect(samePerson(a, b)).toBe(same);
  });
});
