import { useInput, usePaste, useWindowSize } from 'ink';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Frame } from '../frames/frame.ts';
import type { ScreenPort } from '../port.ts';
import type { ScreenWiring } from '../screen-store.ts';
import { createScreenStore } from '../screen-store.ts';
import { toKey } from '../state/key.ts';

/** Feeds keys, pastes, resizes, snapshots and the clock to a screen's store, and gives the frame to draw. */
export function useScreen(wiring: Omit<ScreenWiring, 'columns' | 'rows'>): Frame {
  const { columns, rows } = useWindowSize();
  const [store] = useState(() => createScreenStore({ ...wiring, columns, rows }));
  const { port } = wiring;
  useInput((input, key) => store.dispatch({ type: 'key', key: toKey(input, key) }));
  // Always on: without it a bracketed paste would come as keys.
  usePaste((text) => store.dispatch({ type: 'paste', text }));
  useEffect(() => {
    const drawn = store.frame();
    if (drawn.columns !== columns || drawn.rows !== rows) store.dispatch({ type: 'resize', columns, rows });
  }, [store, columns, rows]);
  useEffect(() => subscribePaced(port, () => store.dispatch({ type: 'tick' })), [store, port]);
  return useSyncExternalStore(store.subscribe, store.frame);
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
