import type { TerminalSession } from './terminal.ts';

const DOWN = '\u001b[B';

/** Keys in the first half second of a dialog are ignored: the one wait that is about time. */
export const halfASecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

/** One key, and a screen that shows what it did. */
export async function press(terminal: TerminalSession, key: string, shows: string | RegExp): Promise<void> {
  terminal.send(key);
  await terminal.waitFor(shows, 30_000);
}

/** Writes into a field, each letter once the one before is seen: letters and the key after them must not arrive as one. */
export async function write(terminal: TerminalSession, field: string, text: string): Promise<void> {
  for (let length = 1; length <= text.length; length += 1) {
    await press(terminal, text[length - 1]!, field + text.slice(0, length));
  }
}

/** Scrolls until the dialog has shown its last line. */
export async function readAll(terminal: TerminalSession): Promise<void> {
  for (let i = 0; i < 60 && !/lines \d+–(\d+) of \1/.test(terminal.text()); i += 1) {
    const before = terminal.text();
    terminal.send(DOWN);
    await terminal.waitFor((text) => text !== before);
  }
}
