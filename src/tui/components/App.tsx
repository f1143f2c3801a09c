import { useApp, useIsScreenReaderEnabled } from 'ink';
import { frameOf } from '../frames/index.ts';
import { spokenFrame } from '../frames/spoken.ts';
import { useScreen } from '../hooks/use-screen.ts';
import type { ScreenPort } from '../port.ts';
import { Screen } from './Screen.tsx';
import { SpokenScreen } from './SpokenScreen.tsx';

/** The screen, alive: `nowMs` is monotonic, `redraw` clears the terminal. */
export function App(props: { readonly port: ScreenPort; readonly nowMs: () => number; readonly redraw: () => void }) {
  const { exit } = useApp();
  const isSpoken = useIsScreenReaderEnabled();
  const frame = useScreen({ ...props, draw: isSpoken ? spokenFrame : frameOf, leave: () => exit() });
  if (isSpoken) return <SpokenScreen frame={frame} />;
  return <Screen frame={frame} isAscii={props.port.options.ascii} />;
}
