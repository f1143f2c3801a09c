import { describe, expect, it } from 'vitest';
import { rollbackView } from '../../../fakes/rollback-view.ts';
import { plan, proposal, snapshot } from '../../../fakes/snapshots.ts';
import { Player } from './harness.ts';

const asking = snapshot({ proposals: [proposal()], rollbacks: [rollbackView()] });
const chosen = proposal({ id: 'proposal-2', plan: { ...plan(), id: 'plan-9', toVersion: 'v408' } });

/** Commands that ask for something of a rollback. */
function asked(player: Player) {
  return player.sent.filter(({ type }) => type === 'propose' || type === 'look');
}

describe('the versions to go back to', () => {
  it('are opened with v in the dialog and in the detail view, and looked up', () => {
    const dialog = new Player(asking).press('r').wait(1000).press('v');
    expect(dialog.ui.dialog).toMatchObject({ kind: 'versions', back: { kind: 'rollback' } });
    expect(asked(dialog)).toEqual([{ type: 'look', pipeline: 'checkout' }]);
    const detail = new Player(asking).press('enter', 'v');
    expect(detail.ui.dialog).toMatchObject({ kind: 'versions', pipeline: 'checkout', back: null });
    expect(detail.press('escape').ui).toMatchObject({ dialog: null, place: 'detail' });
  });

  it('are reached by tab where a name is typed: v is a letter there', () => {
    const typed = snapshot({ proposals: [proposal({ confirmBy: 'typed-name' })], rollbacks: [rollbackView()] });
    const player = new Player(typed).press('r').wait(1000).press('v');
    expect(player.ui.dialog).toMatchObject({ kind: 'rollback', typedName: 'v' });
    player.press('tab', 'tab', 'enter');
    expect(player.ui.dialog).toMatchObject({ kind: 'versions' });
  });

  it('are chosen with enter, which asks anew and confirms nothing', () => {
    const player = new Player(asking).press('r').wait(1000).press('v', 'j', 'j', 'j', 'enter');
    expect(asked(player).at(-1)).toEqual({ type: 'propose', pipeline: 'checkout', toVersion: 'v408' });
    expect(player.approvals).toEqual([]);
    // The question about the other version is still there: it is not the one that was asked for.
    expect(player.ui.dialog).toMatchObject({ kind: 'rollback', toVersion: 'v408', proposalId: null });
    expect(player.wait(1000).press('y').approvals).toEqual([]);
    player.show({ proposals: [chosen] });
    expect(player.ui.dialog).toMatchObject({ proposalId: 'proposal-2', typedName: '', reason: '' });
    expect(player.press('y').approvals).toEqual([]);
    expect(player.wait(1000).press('y').approvals).toMatchObject([{ proposalId: 'proposal-2' }]);
  });

  it('take a key at a time, and nothing on a screen that is read-only or frozen', () => {
    const player = new Player(asking).press('enter', 'v').chunk('jj\r');
    expect(player.ui.dialog).toMatchObject({ note: { text: 'several keys at once were ignored' } });
    const onlooker = new Player(asking, 120, 40, true).press('enter', 'v', 'enter');
    expect(onlooker.ui.dialog).toMatchObject({ note: { text: expect.stringContaining('read-only') as string } });
    const frozen = new Player(asking).press('enter', 'f', 'v', 'enter');
    expect(frozen.ui.dialog).toMatchObject({ note: { text: expect.stringContaining('frozen') as string } });
    expect([...onlooker.sent, ...frozen.sent].some(({ type }) => type === 'propose')).toBe(false);
  });
});

describe('a question that waits for what a rollback will not undo', () => {
  const draft = { ...proposal(), id: '' };
  const looking = snapshot({ rollbacks: [rollbackView({ isLooking: true, draft })] });

  it('is shown and cannot be confirmed; when it is known, all of it has to be on screen anew', () => {
    const player = new Player(looking).press('r').wait(5000).press('y');
    expect(player.note).toContain('what it will not undo is being looked at');
    player.show({ proposals: [proposal()], rollbacks: [rollbackView()] });
    player.press('y');
    expect(player.note).toContain('too soon');
    expect(player.approvals).toEqual([]);
    expect(player.wait(1000).press('y').approvals).toHaveLength(1);
  });

  it('that is not put after all says why', () => {
    const player = new Player(looking).press('r').wait(1000);
    player.show({ rollbacks: [rollbackView({ why: 'refused: it is being rolled back already' })] });
    expect(player.ui.dialog).toMatchObject({ refused: 'refused: it is being rolled back already' });
  });
});

describe('a silence', () => {
  it('is asked for with z, needs a reason, and is sent with its length', () => {
    const player = new Player(asking).press('z', 'enter');
    expect(player.ui.dialog).toMatchObject({ note: { text: expect.stringContaining('a reason is needed') as string } });
    player.press('right').type('load tezt').press('backspace', 'backspace').type('st').press('enter');
    expect(player.sent.at(-1)).toEqual({
      type: 'silence',
      pipeline: 'checkout',
      forMs: 3_600_000,
      reason: 'load test',
    });
    expect(player.ui.dialog).toBeNull();
  });

  it('is not asked for on a read-only screen, and escape sends nothing', () => {
    expect(new Player(asking, 120, 40, true).press('z').ui.dialog).toBeNull();
    const player = new Player(asking).press('z').type('x').press('escape');
    expect(player.sent.some(({ type }) => type === 'silence')).toBe(false);
  });
});
