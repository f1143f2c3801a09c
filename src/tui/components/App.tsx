import { useApp, useIsScreenReaderEnabled } from 'ink';
import { useScreen } from '../hooks/use-screen.ts';
import type { ScreenPort } from '../port.ts';
import { Screen } from './Screen.tsx';
import { SpokenScreen } from './SpokenScreen.tsx';

/** The screen, alive: `nowMs` is monotonic, `redraw` clears the terminal. */
export function App(props: { readonly port: ScreenPort; readonly nowMs: () => number; readonly redraw: () => void }) {
  const { exit } = useApp();
  const { ui, live } = useScreen(props.port, props.nowMs, () => exit(), props.redraw);
  const isSpoken = useIsScreenReaderEnabled();
  if (isSpoken) return <SpokenScreen ui={ui} live={live} />;
  return <Screen ui={ui} live={live} isAscii={props.port.options.ascii} />;
}
