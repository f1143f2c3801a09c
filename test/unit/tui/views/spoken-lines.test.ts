import { describe, expect, it } from 'vitest';
import { pipeline, proposal, snapshot } from '../../../fakes/snapshots.ts';
import { foreseen } from '../../../fakes/warnings.ts';
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

  it('says why it asks where nothing has failed', () => {
    const { predicted = [] } = foreseen(pipeline('checkout')).verdict;
    const ahead = { because: 'predicted', evidence: [], predicted } as const;
    expect(spoken(new Player(snapshot({ proposals: [proposal(ahead)] })))).toContain(
      'v412 to v411? Nothing failed yet, memory_usage reaches 90 % in 14 min (9–22). Expires at',
    );
    expect(spoken(new Player(snapshot({ proposals: [proposal({ because: 'human-asked', evidence: [] })] })))).toContain(
      'v412 to v411? A person asked. Expires at',
    );
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
