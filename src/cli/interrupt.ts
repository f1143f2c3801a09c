/** What of a process is needed to hear signals. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): never;
}

/** Turns the ways a command is told to end into one AbortSignal. */
export interface Interrupt {
  /** Signals have their default effect until this is first called. */
  readonly signal: () => AbortSignal;
  /** Nobody reads the output any more. */
  readonly outputClosed: () => void;
}

const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

/** The first signal asks to end, the second SIGINT or SIGTERM ends at once with 128 + its number. */
export function createInterrupt(source: SignalSource): Interrupt {
  const controller = new AbortController();
  let listening = false;
  function listen(): void {
    listening = true;
    for (const [name, number] of Object.entries(SIGNALS)) {
      source.on(name as NodeJS.Signals, () => {
        // A closing terminal sends SIGHUP more than once; that is no impatience.
        if (controller.signal.aborted && name !== 'SIGHUP') source.exit(128 + number);
        controller.abort(name);
      });
    }
  }
  return {
    signal() {
      if (!listening) listen();
      return controller.signal;
    },
    outputClosed: () => controller.abort('output closed'),
  };
}
