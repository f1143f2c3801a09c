import { render } from 'ink';
import { App } from './components/App.tsx';
import type { ScreenPort } from './port.ts';

export type { ScreenOptions, ScreenPort } from './port.ts';
export { needsAscii } from './theme.ts';

/** How a screen ended: the operator left, or the terminal went away under it. */
export type ScreenEnd = 'quit' | 'terminal-lost';

/**
 * Shows the screen until the operator leaves. The terminal is as before when this resolves or rejects; what the
 * engine does goes on. Rejects with the error of a view that could not be drawn.
 */
export async function runScreen(port: ScreenPort): Promise<ScreenEnd> {
  const stdout = port.streams?.stdout ?? process.stdout;
  const stdin = port.streams?.stdin ?? process.stdin;
  let isLost = false;
  const instance = render(<App port={port} nowMs={() => performance.now()} redraw={() => redraw()} />, {
    stdout,
    stdin,
    alternateScreen: !port.options.screenReader,
    incrementalRendering: true,
    maxFps: 10,
    patchConsole: false,
    exitOnCtrlC: false,
    isScreenReaderEnabled: port.options.screenReader,
  });
  function redraw(): void {
    instance.clear();
    instance.rerender(<App port={port} nowMs={() => performance.now()} redraw={() => redraw()} />);
  }
  // A closed SSH session gives EIO on the next write: that ends the screen, never the program and what it watches.
  const lose = (): void => {
    isLost = true;
    instance.unmount();
  };
  stdout.on('error', lose);
  stdin.on('error', lose);
  stdin.on('end', lose);
  try {
    await instance.waitUntilExit();
  } finally {
    stdin.off('error', lose);
    stdin.off('end', lose);
  }
  return isLost ? 'terminal-lost' : 'quit';
}
