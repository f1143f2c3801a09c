import type { WatchContext, WatchOptions } from './options.ts';
import type { Session } from './session.ts';

/** Shows the screen on a session until the operator leaves it, the terminal goes away, or `signal` says so. */
export async function showScreen(
  { config, readOnly }: WatchOptions,
  context: WatchContext,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  const show = await context.loadScreen();
  const tickMs = 1_000 / config.fps.value;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const timer = setInterval(tell, tickMs);
  const unsubscribe = session.subscribe(tell);
  try {
    await show({
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: () => session.snapshot(),
      send: (command) => session.send(command),
      options: { ascii: config.ascii.value, fps: config.fps.value, readOnly, screenReader: config.screenReader.value },
      signal,
    });
  } finally {
    clearInterval(timer);
    unsubscribe();
  }
}
