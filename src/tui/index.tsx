import { render } from 'ink';
import { App } from './components/App.tsx';
import type { ScreenOptions, ScreenPort } from './port.ts';

export type { ScreenOptions, ScreenPort } from './port.ts';
export { needsAscii } from './theme.ts';

/** How a screen ended: the operator left (or the program closed it), or the terminal went away under it. */
export type ScreenEnd = 'quit' | 'terminal-lost';

/** A screen that is open. `closed` rejects with the error of a view that could not be drawn. */
export interface Screen {
  readonly closed: Promise<ScreenEnd>;
  close(): void;
}

/**
 * Shows the screen until the operator leaves. The terminal is as before when this resolves or rejects; what the
 * engine does goes on.
 */
export async function runScreen(port: ScreenPort): Promise<ScreenEnd> {
  return openScreen(port).closed;
}

/** The same for a caller that may have to close the screen by itself. */
export function showScreen(
  source: Omit<ScreenPort, 'options'>,
  options: ScreenOptions,
): { readonly closed: Promise<void>; close(): void } {
  const screen = openScreen({
    subscribe: (listener) => source.subscribe(listener),
    snapshot: () => source.snapshot(),
    send: (command) => source.send(command),
    ...(source.streams === undefined ? {} : { streams: source.streams }),
    options,
  });
  return { closed: screen.closed.then(() => undefined), close: () => screen.close() };
}

function openScreen(port: ScreenPort): Screen {
  const stdout = port.streams?.stdout ?? process.stdout;
  const stdin = port.streams?.stdin ?? process.stdin;
  const isScreenReaderEnabled = port.options.screenReader ?? process.env['INK_SCREEN_READER'] === 'true';
  const app = () => <App port={port} nowMs={() => performance.now()} redraw={redraw} />;
  const instance = render(app(), {
    stdout,
    stdin,
    alternateScreen: !isScreenReaderEnabled,
    incrementalRendering: true,
    maxFps: 10,
    patchConsole: false,
    exitOnCtrlC: false,
    // The caller has seen that this is a terminal; a CI variable in its environment changes nothing about that.
    interactive: true,
    isScreenReaderEnabled,
  });
  function redraw(): void {
    instance.clear();
    instance.rerender(app());
  }
  // A closed SSH session gives EIO on the next write: that ends the screen, never the program and what it watches.
  // Ink waits for its last write to come through; on a terminal that is gone it never does.
  const lost = Promise.withResolvers<ScreenEnd>();
  const lose = (): void => {
    lost.resolve('terminal-lost');
    instance.unmount();
  };
  // Stays: what Ink writes while it leaves the lost terminal fails too.
  stdout.on('error', lose);
  stdin.on('error', lose);
  stdin.on('end', lose);
  const left = instance.waitUntilExit().then((): ScreenEnd => 'quit');
  return {
    closed: Promise.race([lost.promise, left]).finally(() => {
      stdin.off('error', lose);
      stdin.off('end', lose);
    }),
    close: () => instance.unmount(),
  };
}
