import { closeSync, constants, fstatSync, lstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** One line of rollwatch's own log. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly [field: string]: string | number | boolean | null;
}

/** How a log file is kept. */
export interface LogFileOptions {
  readonly path: string;
  readonly mode: number;
  readonly maxBytes: number;
  /** Earlier files kept beside it, as `.1` (newest) to `.keep`. */
  readonly keep: number;
  readonly nowMs: () => number;
  /** Takes secrets out of a line; applied to every one. */
  readonly redact: (line: string) => string;
}

/** rollwatch's own log: JSON lines, one file of limited size and a few earlier ones. */
export interface LogFile {
  /** Never throws: a log that cannot be written must not stop the watch. */
  write(entry: LogEntry): void;
  /** Lines that could not be written, and why the last one could not. */
  dropped(): { readonly count: number; readonly why: string | null };
  close(): void;
}

/** Opens the log at the first line. Several processes may write the same file; each line is one append. */
export function createLogFile(options: LogFileOptions): LogFile {
  let fd: number | null = null;
  let count = 0;
  let why: string | null = null;

  function write(entry: LogEntry): void {
    const line = `${options.redact(JSON.stringify({ at: new Date(options.nowMs()).toISOString(), ...entry }))}\n`;
    try {
      fd ??= open();
      if (fstatSync(fd).size + Buffer.byteLength(line) > options.maxBytes) rotate();
      writeSync(fd, line);
    } catch (error) {
      count += 1;
      why = (error as Error).message;
      close();
    }
  }

  function open(): number {
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
    return openSync(options.path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, options.mode);
  }

  function rotate(): void {
    const mine = fd === null ? null : fstatSync(fd).ino;
    // Another process may have rotated already: then only the new file is opened.
    if (mine !== null && lstatSync(options.path, { throwIfNoEntry: false })?.ino === mine) {
      for (let number = options.keep; number >= 1; number -= 1) {
        const from = number === 1 ? options.path : `${options.path}.${number - 1}`;
        if (lstatSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${options.path}.${number}`);
      }
    }
    close();
    fd = open();
  }

  function close(): void {
    if (fd !== null) closeSync(fd);
    fd = null;
  }

  return { write, close, dropped: () => ({ count, why }) };
}
