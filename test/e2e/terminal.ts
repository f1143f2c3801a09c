import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The program in a real pseudo-terminal, with a screen that can be read. */
export interface TerminalSession {
  readonly pid: number;
  /** The visible rows as text, trailing blanks removed. */
  rows(): readonly string[];
  text(): string;
  /** Everything the program wrote, escape sequences included. */
  raw(): string;
  /** Writes the keys as one chunk, as a fast typist or a paste would. */
  send(keys: string): void;
  /** Writes each key as its own chunk once the program had the chance to read the one before. */
  type(keys: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Resolves when the screen shows it; rejects with the screen's content when it never does. */
  waitFor(wanted: string | RegExp | ((text: string) => boolean), timeoutMs?: number): Promise<string>;
  waitForExit(timeoutMs?: number): Promise<number>;
  kill(signal?: string): void;
}

export interface TerminalOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

const POLL_MS = 25;

export function openTerminal(options: TerminalOptions): TerminalSession {
  const { columns = 120, rows = 40 } = options;
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
  const [file, ...args] = options.command;
  const env = { TERM: 'xterm-256color', LANG: 'C.UTF-8', ...options.env };
  const pty: IPty = spawn(file!, [...args], { cwd: options.cwd, env, cols: columns, rows, name: 'xterm-256color' });
  let written = '';
  let exitCode: number | null = null;
  pty.onData((data) => {
    written += data;
    screen.write(data);
  });
  pty.onExit((exit) => {
    exitCode = exit.exitCode;
  });

  const visible = (): readonly string[] => {
    const buffer = screen.buffer.active;
    return Array.from({ length: screen.rows }, (_, row) => {
      return buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '';
    });
  };
  const text = (): string => visible().join('\n');

  async function until<T>(read: () => T | null, what: string, timeoutMs: number): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const value = read();
      if (value !== null) return value;
      if (Date.now() > deadline)
        throw new Error(`never saw ${what}; exit code ${exitCode}; the screen was:\n${text()}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    pid: pty.pid,
    rows: visible,
    text,
    raw: () => written,
    send: (keys) => pty.write(keys),
    async type(keys) {
      for (const key of keys) {
        pty.write(key);
        await new Promise((resolve) => setTimeout(resolve, 2 * POLL_MS));
      }
    },
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    waitFor(wanted, timeoutMs = 60_000) {
      const matches = (): boolean => {
        if (typeof wanted === 'string') return text().includes(wanted);
        return wanted instanceof RegExp ? wanted.test(text()) : wanted(text());
      };
      // What is gone may only be missing from half a frame: it has to be gone twice.
      const needed = typeof wanted === 'function' ? 2 : 1;
      let seen = 0;
      const lasts = (): boolean => {
        seen = matches() ? seen + 1 : 0;
        return seen >= needed;
      };
      return until(() => (lasts() ? text() : null), String(wanted), timeoutMs);
    },
    waitForExit: (timeoutMs = 60_000) => until(() => exitCode, 'the end of the program', timeoutMs),
    kill: (signal = 'SIGKILL') => {
      if (exitCode === null) pty.kill(signal);
    },
  };
}
