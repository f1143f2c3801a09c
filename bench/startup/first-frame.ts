import { readFileSync } from 'node:fs';
import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { PIPELINES, pipelineName } from './rows.ts';

/** Clock ticks per second of /proc: fixed on Linux. */
const TICKS_PER_SECOND = 100;
const COLUMNS = 120;
const ROWS = 30;
const TIMEOUT_MS = 60_000;

/** What a program used until something was on the terminal. */
export interface Moment {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The two moments a person notices. */
export interface FirstFrame {
  /** The first frame, complete down to its footer. */
  readonly first: Moment;
  /** The first frame with all pipelines in its table. */
  readonly full: Moment;
}

/** Starts a program on a terminal of 120x30 and kills it when all pipelines have been drawn. */
export function firstFrame(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<FirstFrame> {
  return untilDrawn(argv, env, (terminal) => terminal.kill('SIGKILL'));
}

/** The same, but ended by its user: only then does Node keep what it has compiled. */
export async function firstRun(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  await untilDrawn(argv, env, (terminal) => terminal.write('\u0003'));
}

function untilDrawn(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  end: (terminal: IPty) => void,
): Promise<FirstFrame> {
  const { promise, resolve, reject } = Promise.withResolvers<FirstFrame>();
  const startedMs = performance.now();
  const terminal = spawn(process.execPath, [...argv], {
    name: 'xterm-256color',
    cols: COLUMNS,
    rows: ROWS,
    env: { ...env },
  });
  // A terminal of our own tells what is on the screen: only what changes is written, so the bytes alone do not.
  const screen = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  let isDone = false;
  let first: Moment | null = null;
  const timer = setTimeout(() => finish(() => reject(new Error(`no complete frame:\n${textOf(screen)}`))), TIMEOUT_MS);
  function finish(settle: () => void): void {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    terminal.onExit(settle);
    end(terminal);
  }
  terminal.onData((data) => {
    if (isDone) return;
    const now = { cpuMs: cpuMs(terminal.pid), wallMs: performance.now() - startedMs };
    screen.write(data, () => {
      const text = textOf(screen);
      if (!/quit\s*$/.test(text)) return;
      const begun = (first ??= now);
      if (hasTable(text)) finish(() => resolve({ first: begun, full: now }));
    });
  });
  terminal.onExit(() => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    reject(new Error(`ended before its first frame:\n${textOf(screen)}`));
  });
  return promise;
}

function hasTable(text: string): boolean {
  return text.includes(` ${PIPELINES} pipelines`) && text.includes(pipelineName(PIPELINES - 1));
}

function textOf(screen: xterm.Terminal): string {
  const lines = Array.from(
    { length: ROWS },
    (_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
  );
  return lines.join('\n');
}

function cpuMs(pid: number): number {
  // The name, in parentheses, may hold blanks: fields are counted from behind it.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
