import { describe, expect, it } from 'vitest';
import { execution, failedPipeline, proposal, snapshot, NOW_MS } from '../../../fakes/snapshots.ts';
import { blockedBecause, dialogView } from '../../../../src/tui/state/dialog-view.ts';
import { Player } from './harness.ts';

const asking = snapshot({ proposals: [proposal()] });

function opened(live = asking, columns = 120, rows = 40): Player {
  const player = new Player(live, columns, rows);
  player.ui = { ...player.ui, selected: 'checkout' };
  return player.press('r').wait(600);
}

function blocked(player: Player): string | null {
  const { dialog } = player.ui;
  if (dialog?.kind !== 'rollback') throw new Error('no rollback dialog is open');
  return blockedBecause(dialog, dialogView(dialog, player.ui, player.live), player.ui, player.live);
}

describe('the rollback dialog', () => {
  it('approves on a single y, once everything is read', () => {
    const player = opened().press('y');
    expect(player.approvals).toEqual([{ type: 'approve', proposalId: 'proposal-1', typedName: null, reason: null }]);
  });

  it('sends yes once, however often y is pressed', () => {
    expect(opened().press('y', 'y', 'y').approvals).toHaveLength(1);
  });

  it('is not confirmed by the key that opens it', () => {
    expect(opened().press('r', 'r').approvals).toEqual([]);
  });

  it('starts on Cancel, where Enter closes and does nothing', () => {
    const player = opened();
    expect(player.ui.dialog).toMatchObject({ focus: 'cancel' });
    player.press('enter');
    expect(player.ui.dialog).toBeNull();
    expect(player.sent).toEqual([]);
  });

  it('dismisses on Enter only after Tab to the other button', () => {
    expect(opened().press('tab', 'enter').sent).toEqual([{ type: 'dismiss', proposalId: 'proposal-1', reason: null }]);
  });

  it('ignores keys of the first half second, visibly', () => {
    const player = new Player(asking);
    player.press('r').wait(400).press('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('first half second');
    expect(player.wait(200).press('y').approvals).toHaveLength(1);
  });

  it.each(['yy', 'y\r', 'ry', 'jj'])('ignores %j in one chunk, visibly', (text) => {
    const player = opened().chunk(text);
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('several keys at once');
  });

  it('ignores pasted text, visibly', () => {
    const player = opened().paste('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toBe('pasted text was ignored');
  });

  it('cannot be confirmed before all of it has been on screen', () => {
    const player = opened(asking, 80, 14);
    expect(blocked(player)).toMatch(/^scroll to read all \(\d+ more lines\)$/);
    player.press('y');
    expect(player.approvals).toEqual([]);
    for (let line = 0; line < 20; line += 1) player.press('j');
    expect(player.press('y').approvals, 'the last lines were shown this very moment').toEqual([]);
    expect(player.wait(600).press('y').approvals).toHaveLength(1);
  });

  it('starts reading anew when a resize wraps the lines otherwise', () => {
    const player = opened(asking, 80, 14).press('j', 'j');
    player.event({ type: 'resize', columns: 60, rows: 14 });
    expect(player.ui.dialog).toMatchObject({ allSeenAtMs: null });
    expect(player.wait(600).press('y').approvals).toEqual([]);
  });

  it('cannot be confirmed in a terminal where nothing is drawn', () => {
    const player = new Player(asking, 39, 7);
    expect(player.press('r').wait(600).press('y').approvals).toEqual([]);
  });

  it('says that a frozen screen cannot confirm, and can after f', () => {
    const player = new Player(asking).press('f', 'r').wait(600).press('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('frozen');
    expect(player.press('f').wait(600).press('y').approvals).toHaveLength(1);
  });

  it('says that a stale screen cannot confirm', () => {
    const player = opened().silence(6000).press('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('stale');
  });

  it('cannot confirm a proposal that says something else now', () => {
    const player = opened();
    const other = proposal();
    player.show({ proposals: [{ ...other, plan: { ...other.plan, toVersion: 'v400' } }] });
    expect(player.wait(600).press('y').approvals).toEqual([]);
    expect(blocked(player)).not.toBeNull();
  });

  it('cannot confirm a proposal that is gone, nor its successor', () => {
    const player = opened().show({ proposals: [proposal({ id: 'proposal-2' })] });
    expect(player.wait(600).press('y').approvals).toEqual([]);
  });

  it('cannot confirm after the expiry', () => {
    const player = opened(snapshot({ proposals: [proposal({ expiresAtMs: NOW_MS + 1000 })] }))
      .wait(2000)
      .press('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('expired');
  });

  it('stays with its pipeline when the rows move', () => {
    const player = opened().show({ pipelines: [failedPipeline('aaa'), failedPipeline()] });
    expect(player.press('y').approvals).toMatchObject([{ proposalId: 'proposal-1' }]);
  });

  it('is read-only on a read-only screen', () => {
    const player = new Player(asking, 120, 40, true).press('r').wait(600).press('y', 'tab', 'enter');
    expect(player.sent).toEqual([]);
  });

  it('takes yes back when the engine refuses it', () => {
    const player = opened().press('y');
    const command = player.approvals[0]!;
    player.event({ type: 'result', command, result: { ok: false, text: 'the lease is held by box-2' } });
    expect(player.note).toBe('the lease is held by box-2');
    expect(player.ui.dialog).toMatchObject({ sentAtMs: null });
  });

  it('shows the act once it runs, and closes without ending it', () => {
    const player = opened()
      .press('y')
      .show({ proposals: [], executions: [execution()] });
    const { dialog } = player.ui;
    if (dialog?.kind !== 'rollback') throw new Error('closed');
    expect(dialogView(dialog, player.ui, player.live).phase).toBe('executing');
    expect(player.press('escape').ui.dialog).toBeNull();
    expect(player.sent).toHaveLength(1);
  });
});

describe('a proposal that wants the name typed', () => {
  const typed = snapshot({ proposals: [proposal({ confirmBy: 'typed-name' })] });

  it('is confirmed by a single y after the exact name', () => {
    const player = opened(typed).type('checkout');
    expect(player.approvals).toEqual([]);
    expect(player.press('y').approvals).toMatchObject([{ typedName: 'checkout' }]);
  });

  it('takes coalesced typing, and then one separate y', () => {
    expect(opened(typed).chunk('check').chunk('out').press('y').approvals).toHaveLength(1);
  });

  it('does not take the y out of a chunk', () => {
    const player = opened(typed).chunk('checkouty');
    expect(player.ui.dialog).toMatchObject({ typedName: 'checkouty' });
    expect(player.press('y', 'enter').approvals).toEqual([]);
  });

  it('does not take a pasted name', () => {
    const player = opened(typed).press('c').paste('heckout').press('y');
    expect(player.approvals).toEqual([]);
    expect(player.ui.dialog).toMatchObject({ typedName: 'cy' });
  });

  it('does not take text with a line break', () => {
    const player = opened(typed).chunk('checkout\r');
    expect(player.ui.dialog).toMatchObject({ typedName: '' });
    expect(player.note).toContain('line breaks');
  });

  it('keeps letters of the name apart from the y that confirms', () => {
    const live = snapshot({
      proposals: [proposal({ confirmBy: 'typed-name' }, 'yoyo')],
      pipelines: [failedPipeline('yoyo')],
    });
    const player = new Player(live).press('r').wait(600).press('y', 'o', 'y');
    expect(player.approvals).toEqual([]);
    expect(player.press('o').approvals).toEqual([]);
    expect(player.press('y').approvals).toMatchObject([{ typedName: 'yoyo' }]);
  });

  it('never confirms on Enter', () => {
    const player = opened(typed).type('checkout').press('enter');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('enter never rolls back');
  });

  it('lets a typo be erased', () => {
    expect(opened(typed).type('checkoutx').press('backspace', 'y').approvals).toHaveLength(1);
  });
});

describe('a proposal that overrides a guard rail', () => {
  const over = snapshot({ proposals: [proposal({ overrides: ['cooldown until 14:20'] })] });

  it('needs a reason', () => {
    const player = opened(over).press('y');
    expect(player.approvals).toEqual([]);
    expect(player.note).toContain('a reason is needed');
  });

  it('sends the reason; y in the reason is a letter', () => {
    const player = opened(over).press('tab').type('yes').paste(' it burns');
    expect(player.approvals).toEqual([]);
    player.press('enter');
    expect(player.ui.dialog).toMatchObject({ focus: 'cancel', reason: 'yes it burns' });
    expect(player.press('y').approvals).toMatchObject([{ reason: 'yes it burns' }]);
  });
});

describe('r without an open proposal', () => {
  it('proposes, and opens the proposal that comes', () => {
    const player = new Player(snapshot());
    player.press('r');
    expect(player.sent).toEqual([{ type: 'propose', pipeline: 'checkout' }]);
    player.wait(3000).show({ proposals: [proposal({ because: 'human-asked' })] });
    expect(player.press('y').approvals, 'half a second counts from when it came').toEqual([]);
    expect(player.wait(600).press('y').approvals).toHaveLength(1);
  });

  it('says why there will be none', () => {
    const player = new Player(snapshot()).press('r');
    const result = { ok: false, text: 'no rollback is configured for checkout' };
    player.event({ type: 'result', command: player.sent[0]!, result });
    expect(player.ui.dialog).toMatchObject({ refused: result.text });
  });
});

describe('the countdown of auto', () => {
  const counting = snapshot({ proposals: [proposal({ autoAtMs: NOW_MS + 30_000 })] });

  it.each(['j', '?', 'x', 'enter', 'escape'])('is held by any key, here %s', (key) => {
    expect(new Player(counting).press(key).sent).toContainEqual({ type: 'hold', proposalId: 'proposal-1' });
  });

  it('is held by pasted text too', () => {
    expect(new Player(counting).paste('x').sent).toEqual([{ type: 'hold', proposalId: 'proposal-1' }]);
  });

  it('is not held by the passing of time, nor twice', () => {
    const player = new Player(counting).wait(5000);
    expect(player.sent).toEqual([]);
    expect(player.press('j', 'j', 'k').sent).toHaveLength(1);
  });

  it('may be answered while it is held', () => {
    const player = opened(counting).show({ proposals: [proposal({ autoAtMs: NOW_MS + 30_000, held: true })] });
    expect(player.press('y').approvals).toHaveLength(1);
  });
});
