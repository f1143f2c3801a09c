import { describe, expect, it, vi } from 'vitest';
import { detail, proposal, snapshot } from '../../fakes/snapshots.ts';
import { FakeScreenPort } from '../../fakes/screen-port.ts';
import { frameOf } from '../../../src/tui/frames/index.ts';
import { createScreenStore } from '../../../src/tui/screen-store.ts';

function create(live = snapshot()) {
  const port = new FakeScreenPort(live, { focus: { ok: true, text: '' } });
  const leave = vi.fn<() => void>();
  const redraw = vi.fn<() => void>();
  let nowMs = 0;
  const store = createScreenStore({ port, nowMs: () => nowMs, columns: 120, rows: 40, draw: frameOf, leave, redraw });
  const onFrame = vi.fn<() => void>();
  store.subscribe(onFrame);
  const press = (name: string): void => store.dispatch({ type: 'key', key: { name, text: name } });
  const pass = (ms: number): void => {
    nowMs += ms;
    port.show({ nowMs: port.snapshot().nowMs + ms });
    store.dispatch({ type: 'tick' });
  };
  return { port, store, leave, redraw, onFrame, press, pass };
}

describe('the store of a screen', () => {
  it('gives no new frame while nothing that is seen changes', () => {
    const { onFrame, store, pass } = create();
    store.dispatch({ type: 'tick' });
    store.dispatch({ type: 'resize', columns: 120, rows: 40 });
    pass(900);
    expect(onFrame).not.toHaveBeenCalled();
  });

  it('gives one for a key, a new value and the passing of a minute', () => {
    const { onFrame, press, pass, port, store } = create(snapshot({ proposals: [proposal()] }));
    press('j');
    expect(onFrame).toHaveBeenCalledTimes(1);
    pass(61_000);
    expect(onFrame).toHaveBeenCalledTimes(2);
    port.show({ proposals: [] });
    store.dispatch({ type: 'tick' });
    expect(onFrame).toHaveBeenCalledTimes(3);
  });

  it('acts on effects', () => {
    const { press, leave, redraw } = create();
    press('ctrl-l');
    expect(redraw).toHaveBeenCalledOnce();
    press('q');
    expect(leave).toHaveBeenCalledOnce();
  });

  it('sends commands, and sees several keys before React does', () => {
    const { press, port } = create(snapshot({ detail: detail() }));
    press('enter');
    press('tab');
    press('tab');
    const metrics = port.sent.map((command) => (command.type === 'focus' ? command.metric : null));
    expect(metrics).toEqual([null, 'error_rate', 'cpu_usage']);
  });

  it('shows the error of a command that throws', async () => {
    const { press, pass, store } = create();
    press('h');
    pass(600);
    press('y');
    await vi.waitFor(() => expect(JSON.stringify(store.frame().foot)).toContain('unexpected command human-rollback'));
  });
});
