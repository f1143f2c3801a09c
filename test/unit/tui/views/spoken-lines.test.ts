import { describe, expect, it } from 'vitest';
import { proposal, snapshot } from '../../../fakes/snapshots.ts';
import { spokenLines } from '../../../../src/tui/views/spoken-lines.ts';
import { Player } from '../state/harness.ts';

function spoken(player: Player): string {
  return spokenLines(player.ui, player.live).join('\n');
}

describe('the spoken screen', () => {
  it('says who needs a person', () => {
    const text = spoken(new Player(snapshot({ proposals: [proposal()] })));
    expect(text).toContain('checkout: failed. failed 3/3');
    expect(text).toContain('checkout asks: roll back v412 to v411?');
  });

  it('does not change with the clock alone', () => {
    const player = new Player(snapshot({ proposals: [proposal()] }));
    const before = spoken(player);
    expect(spoken(player.wait(2000))).toBe(before);
  });

  it('reads the dialog, and why it cannot be confirmed', () => {
    const player = new Player(snapshot({ proposals: [proposal({ confirmBy: 'typed-name' })] })).press('r').wait(600);
    expect(spoken(player)).toContain('/opt/deploy/rollback.sh');
    expect(spoken(player)).toContain("Cannot be confirmed: type the pipeline's name");
    expect(spoken(player.type('checkout'))).toContain('Press y to roll back');
  });
});
