import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { proposal, snapshot } from '../../../fakes/snapshots.ts';
import { FakeScreenPort } from '../../../fakes/screen-port.ts';
import { App } from '../../../../src/tui/components/App.tsx';
import type { Snapshot } from '../../../../src/core/session/snapshot.ts';

const YES = { ok: true, text: 'approved' };

interface Screen {
  readonly port: FakeScreenPort;
  readonly type: (text: string) => void;
  readonly frame: () => string;
  readonly sees: (text: string | RegExp) => Promise<void>;
  readonly pass: (ms: number) => void;
}

function open(live: Snapshot): Screen {
  const port = new FakeScreenPort(live, { approve: YES, dismiss: YES, focus: YES, hold: YES, propose: YES });
  let nowMs = 0;
  const app = render(<App port={port} nowMs={() => nowMs} redraw={() => undefined} />);
  const frame = (): string => app.lastFrame() ?? '';
  return {
    port,
    frame,
    type: (text) => app.stdin.write(text),
    sees: (text) => vi.waitFor(() => expect(frame()).toMatch(text)),
    // The engine goes on with the clock, or the screen would call itself stale.
    pass: (ms) => {
      nowMs += ms;
      port.show({ nowMs: port.snapshot().nowMs + ms });
    },
  };
}

afterEach(cleanup);

describe('the screen under real keys', () => {
  it('rolls back on r, a look, and y', async () => {
    const screen = open(snapshot({ proposals: [proposal()] }));
    await screen.sees(/ASKS {2}checkout/);
    screen.type('r');
    await screen.sees('Roll back checkout (prod)?');
    screen.pass(600);
    await screen.sees(/press +y +to roll back/);
    screen.type('y');
    await vi.waitFor(() => expect(screen.port.sent).toMatchObject([{ type: 'approve', proposalId: 'proposal-1' }]));
  });

  it('ignores a bracketed paste with y in it, and says so', async () => {
    const screen = open(snapshot({ proposals: [proposal()] }));
    await screen.sees(/ASKS/);
    screen.type('r');
    await screen.sees('Roll back checkout');
    screen.pass(600);
    await screen.sees(/press +y/);
    screen.type('\u001b[200~y\ry\u001b[201~');
    await screen.sees('pasted text was ignored');
    expect(screen.port.sent).toEqual([]);
  });

  it('ignores y and Enter that arrive as one chunk', async () => {
    const screen = open(snapshot({ proposals: [proposal()] }));
    await screen.sees(/ASKS/);
    screen.type('r');
    await screen.sees('Roll back checkout');
    screen.pass(600);
    await screen.sees(/press +y/);
    screen.type('y\r');
    await screen.sees('several keys at once were ignored');
    expect(screen.port.sent).toEqual([]);
  });

  it('moves with arrows and coalesced letters', async () => {
    const screen = open(snapshot());
    await screen.sees(/▸✖ checkout/);
    screen.type('\u001b[B\u001b[B');
    await screen.sees(/▸\? mailer/);
    screen.type('jj');
    await screen.sees(/▸◐ payments/);
  });

  it('shows new snapshots by itself', async () => {
    const screen = open(snapshot());
    await screen.sees('6 pipelines');
    screen.port.show({ pipelines: [] });
    await screen.sees('No metric logs here yet');
  });

  it('shows the error of a command that throws', async () => {
    const screen = open(snapshot());
    await screen.sees('6 pipelines');
    screen.type('h');
    await screen.sees('by hand?');
    screen.pass(600);
    screen.type('y');
    await screen.sees('unexpected command human-rollback');
  });
});
