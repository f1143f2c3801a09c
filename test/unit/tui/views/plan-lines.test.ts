import { describe, expect, it } from 'vitest';
import { plan, progressivePlan, proposal, snapshot } from '../../../fakes/snapshots.ts';
import { plainText } from '../../../../src/tui/format/line.ts';
import { dialogBody, proposalFingerprint } from '../../../../src/tui/views/dialog-body.ts';
import { planLines } from '../../../../src/tui/views/plan-lines.ts';
import type { Plan } from '../../../../src/core/model/rollback.ts';
import { Player } from '../state/harness.ts';

function text(of: Plan, columns = 110): string {
  return planLines(of, columns).map(plainText).join('\n');
}

describe('the act of a plan', () => {
  it('has every step with its exact call', () => {
    const shown = text(progressivePlan());
    for (const step of progressivePlan().steps) {
      expect(shown).toContain(`step ${step.index + 1}/4   ${step.text}`);
      expect(shown).toContain(step.call);
    }
    expect(shown).toContain('run up to 3 times');
  });

  it('names the words of the command where the platform gives no call', () => {
    expect(text(plan())).toContain('runs       /opt/deploy/rollback.sh --service checkout --to v411');
  });

  it('says where it runs once where that is the same, else at each step', () => {
    const whole = progressivePlan();
    expect(text(whole).match(/timeout 2 min/g)).toHaveLength(1);
    const [first, ...others] = whole.steps;
    const slow = { ...first!, command: { ...first!.command, timeoutMs: 5000 } };
    expect(text({ ...whole, steps: [slow, ...others] }).match(/timeout/g)).toHaveLength(4);
  });

  it('gives the way back its reason, and the rejected ones theirs, the same reason once', () => {
    const shown = text(progressivePlan());
    expect(shown).toContain('way back   progressive: it fails for a part');
    expect(shown).toContain('not full: nothing is down');
    expect(shown).toContain('not partial, ab: a backend has no components');
  });

  it('tells how it is judged between the steps', () => {
    expect(text(progressivePlan(), 200)).toContain(
      'after steps 2, 3: health is looked at for 2 min; it stands still and asks when health reaches 80',
    );
  });
});

it('says that only a person may say yes, once', () => {
  const lines = (because: readonly string[]): string =>
    dialogBody(
      proposal({ plan: { ...plan(), needsPerson: 'it is slight', strategyBecause: because } }),
      snapshot(),
      100,
    )
      .map(plainText)
      .join('\n');
  expect(lines([])).toContain('only a person may say yes: it is slight');
  expect(lines(['it is slight']).match(/it is slight/g)).toHaveLength(1);
});

it('is confirmed against the policy only with a reason, and says so', () => {
  const blocked = proposal({ plan: { ...plan(), blockedBy: ['a migration ran'] } });
  const player = new Player(snapshot({ proposals: [blocked] })).press('r').wait(1000).press('y');
  expect(player.approvals).toEqual([]);
  expect(player.note).toContain('a reason is needed');
  player.press('tab').type('seen').press('tab', 'y');
  expect(player.approvals).toMatchObject([{ override: true, reason: 'seen' }]);
});

describe('a question that two people have to answer', () => {
  const needed = proposal({ approvalsNeeded: 2 });
  const ann = { kind: 'person', name: 'ann', via: 'uid 1001' } as const;

  it('stays the same question when the first has said yes', () => {
    expect(proposalFingerprint({ ...needed, approvedBy: [ann] })).toBe(proposalFingerprint(needed));
    expect(proposalFingerprint({ ...needed, approvalsNeeded: 3 })).not.toBe(proposalFingerprint(needed));
  });

  it('can still be confirmed by the second', () => {
    const player = new Player(snapshot({ proposals: [needed] })).press('r').wait(1000);
    player.show({ proposals: [{ ...needed, approvedBy: [ann] }] }).press('y');
    expect(player.approvals).toHaveLength(1);
  });

  it('says that two are needed', () => {
    expect(dialogBody(needed, snapshot(), 100).map(plainText).join('\n')).toContain(
      '2 different people have to say yes',
    );
  });
});
