import { useInput, usePaste, useWindowSize } from 'ink';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandResult, SessionCommand } from '../../core/session/command.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { ScreenPort } from '../port.ts';
import { reduce } from '../state.ts';
import { toKey } from '../state/key.ts';
import type { Effect, UiEvent, UiState } from '../state/ui-state.ts';
import { initialUi } from '../state/ui-state.ts';

/** What the frame is drawn from. */
export interface ScreenState {
  readonly ui: UiState;
  readonly live: Snapshot;
}

type EventBody = UiEvent extends infer E ? (E extends UiEvent ? Omit<E, 'atMs'> : never) : never;

/** Runs the screen's reducer on keys, pastes, resizes, snapshots and the clock, and carries out what it wants done. */
export function useScreen(port: ScreenPort, nowMs: () => number, leave: () => void, redraw: () => void): ScreenState {
  const size = useWindowSize();
  const [state, setState] = useState<ScreenState>(() => start(port, size.columns, size.rows, nowMs()));
  // The reducer runs when an event comes, not when React gets to it: no key may see a state older than the key before.
  const current = useRef(state);

  const dispatch = useCallback(
    (body: EventBody): void => {
      const live = port.snapshot();
      const { ui, effects } = reduce(current.current.ui, { ...body, atMs: nowMs() }, live);
      current.current = { ui, live };
      setState(current.current);
      for (const effect of effects) carryOut(effect);
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the port and its clock live as long as the screen
    [],
  );

  function carryOut(effect: Effect): void {
    if (effect.type === 'quit') leave();
    else if (effect.type === 'redraw') redraw();
    else
      void answer(port, effect.command).then((result) => dispatch({ type: 'result', command: effect.command, result }));
  }

  useInput((input, key) => dispatch({ type: 'key', key: toKey(input, key) }));
  usePaste((text) => dispatch({ type: 'paste', text }));
  useEffect(
    () => dispatch({ type: 'resize', columns: size.columns, rows: size.rows }),
    [dispatch, size.columns, size.rows],
  );
  useEffect(() => subscribePaced(port, () => dispatch({ type: 'tick' })), [dispatch, port]);
  return state;
}

function start(port: ScreenPort, columns: number, rows: number, atMs: number): ScreenState {
  const live = port.snapshot();
  const first = initialUi(columns, rows, port.options.readOnly, atMs);
  return { ui: reduce(first, { type: 'tick', atMs }, live).ui, live };
}

async function answer(port: ScreenPort, command: SessionCommand): Promise<CommandResult> {
  try {
    return await port.send(command);
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

// Snapshots may come faster than a person can read: one frame per period, and one per second in any case, for the clock.
function subscribePaced(port: ScreenPort, tick: () => void): () => void {
  const periodMs = 1000 / Math.max(0.1, port.options.fps);
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tick();
    }, periodMs);
  };
  const unsubscribe = port.subscribe(soon);
  const clock = setInterval(soon, 1000);
  return () => {
    unsubscribe();
    clearInterval(clock);
    clearTimeout(timer);
  };
}
