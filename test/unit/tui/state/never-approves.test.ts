import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposal, snapshot } from '../../../fakes/snapshots.ts';
import { Player } from './harness.ts';

const KEYS = ['j', 'k', 'g', 'G', 'enter', 'escape', 'r', 'h', 'n', '/', 's', 'f', 'a', '?', 'tab', 'shift-tab', 'up', 'down', 'pagedown', 'q', 'Y', 'x', 'v', 'z', ' ', 'c', 'o', 'backspace', 'ctrl-c', 'ctrl-l']; // prettier-ignore

type Move =
  { readonly key: string } | { readonly chunk: string } | { readonly paste: string } | { readonly waitMs: number };

const harmless = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KEYS.filter((key) => key !== 'Y')).map((key): Move => ({ key })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('yy', 'y\r', 'checkout', 'checkouty', 'jj', 'ry', 'y y')
      .map((chunk): Move => ({ chunk })),
  },
  { weight: 1, arbitrary: fc.constantFrom('y', 'checkout', 'rm -rf\ry').map((paste): Move => ({ paste })) },
  { weight: 2, arbitrary: fc.constantFrom(10, 600, 7000).map((waitMs): Move => ({ waitMs })) },
);
const any = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('y', 'Y').map((key): Move => ({ key })) },
  { weight: 6, arbitrary: harmless },
);

function play(moves: readonly Move[], confirmBy: 'key' | 'typed-name', rows: number): Player {
  const player = new Player(snapshot({ proposals: [proposal({ confirmBy })] }), 80, rows);
  for (const move of moves) {
    if ('key' in move) player.press(move.key);
    else if ('chunk' in move) player.chunk(move.chunk);
    else if ('paste' in move) player.paste(move.paste);
    else player.wait(move.waitMs);
  }
  return player;
}

const how = fc.constantFrom('key' as const, 'typed-name' as const);
const rows = fc.constantFrom(8, 14, 24, 50);

describe('approving by accident', () => {
  it('never happens without a single y: no Enter, chunk or paste approves', () => {
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 40 }), how, rows, (moves, confirmBy, height) => {
        expect(play(moves, confirmBy, height).approvals).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('happens at most once for a proposal, and by the name only where it is typed', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), how, rows, (moves, confirmBy, height) => {
        const { approvals } = play(moves, confirmBy, height);
        for (const command of approvals) {
          expect(command).toMatchObject({
            proposalId: 'proposal-1',
            typedName: confirmBy === 'key' ? null : 'checkout',
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is possible on purpose, so that the property above means something', () => {
    const moves: readonly Move[] = [{ key: 'r' }, { waitMs: 600 }, { key: 'y' }];
    expect(play(moves, 'key', 50).approvals).toHaveLength(1);
  });
});
