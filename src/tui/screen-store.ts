import type { CommandResult, SessionCommand } from '../core/session/command.ts';
import type { Snapshot } from '../core/session/snapshot.ts';
import type { Frame } from './frames/frame.ts';
import { isSameFrame } from './frames/frame.ts';
import type { ScreenPort } from './port.ts';
import { reduce } from './state.ts';
import type { Effect, UiEvent, UiState } from './state/ui-state.ts';
import { initialUi } from './state/ui-state.ts';

/** An event without its time, which the store adds. */
export type ScreenInput = UiEvent extends infer E ? (E extends UiEvent ? Omit<E, 'atMs'> : never) : never;

/** State of a screen outside of React: events in, frames out. */
export interface ScreenStore {
  readonly frame: () => Frame;
  /** Calls back when there is a frame that looks different; returns the way to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (input: ScreenInput) => void;
}

/** What a screen runs on. */
export interface ScreenWiring {
  readonly port: ScreenPort;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly columns: number;
  readonly rows: number;
  readonly draw: (ui: UiState, live: Snapshot) => Frame;
  readonly leave: () => void;
  readonly redraw: () => void;
}

/**
 * Makes the store of a screen. The reducer runs when an event comes, not when React gets to it, so that no key sees a
 * state older than the key before it.
 */
export function createScreenStore(wiring: ScreenWiring): ScreenStore {
  const { port, nowMs, draw } = wiring;
  const listeners = new Set<() => void>();
  const first = port.snapshot();
  let ui = initialUi(wiring.columns, wiring.rows, port.options.readOnly, nowMs());
  ui = reduce(ui, { type: 'tick', atMs: nowMs() }, first).ui;
  let frame = draw(ui, first);

  function dispatch(input: ScreenInput): void {
    const live = port.snapshot();
    const step = reduce(ui, { ...input, atMs: nowMs() }, live);
    ui = step.ui;
    const next = draw(ui, live);
    // Ink lays out and paints on every commit: a frame that looks the same is not worth one.
    if (!isSameFrame(frame, next)) {
      frame = next;
      for (const listener of listeners) listener();
    }
    for (const effect of step.effects) carryOut(effect);
  }

  function carryOut(effect: Effect): void {
    if (effect.type === 'quit') wiring.leave();
    else if (effect.type === 'redraw') wiring.redraw();
    else
      void answer(port, effect.command).then((result) => dispatch({ type: 'result', command: effect.command, result }));
  }

  return {
    frame: () => frame,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
  };
}

async function answer(port: ScreenPort, command: SessionCommand): Promise<CommandResult> {
  try {
    return await port.send(command);
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
