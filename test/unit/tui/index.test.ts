import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { snapshot } from '../../fakes/snapshots.ts';
import { FakeScreenPort } from '../../fakes/screen-port.ts';
import { runScreen, showScreen } from '../../../src/tui/index.tsx';

class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  text = '';
  isRaw = false;
  private pending: string | null = null;

  /** A terminal that is gone takes nothing any more, and never says that it did. */
  isGone = false;

  write(text: string, done?: () => void): boolean {
    if (this.isGone) return false;
    this.text += text;
    done?.();
    return true;
  }

  lose(): void {
    this.isGone = true;
    this.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' }));
  }

  type(text: string): void {
    this.pending = text;
    this.emit('readable');
  }

  read(): string | null {
    const text = this.pending;
    this.pending = null;
    return text;
  }

  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }

  setEncoding(): void {
    expect(this.isTTY).toBe(true);
  }

  ref(): void {
    expect(this.isTTY).toBe(true);
  }

  unref(): void {
    expect(this.isTTY).toBe(true);
  }
}

function start() {
  const stdin = new FakeTerminal();
  const stdout = new FakeTerminal();
  const port = new FakeScreenPort(snapshot());
  const streams = { stdin, stdout } as unknown as { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream };
  const end = runScreen(Object.assign(port, { streams }));
  return { stdin, stdout, port, end };
}

const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';
const SHOW_CURSOR = '\u001b[?25h';

describe('a screen on a terminal', () => {
  it('draws on the alternate screen and puts everything back on q', async () => {
    const { stdin, stdout, port, end } = start();
    await vi.waitFor(() => expect(stdout.text).toContain('6 pipelines'));
    expect(stdout.text).toContain(ENTER);
    expect(stdin.isRaw).toBe(true);
    stdin.type('q');
    await expect(end).resolves.toBe('quit');
    expect(stdout.text).toContain(LEAVE);
    expect(stdout.text.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(stdout.text.lastIndexOf('\u001b[?25l'));
    expect(stdin.isRaw).toBe(false);
    expect(port.listenerCount).toBe(0);
  });

  it('ends, and only that, when the terminal is gone', async () => {
    const { stdout, port, end } = start();
    await vi.waitFor(() => expect(stdout.text).toContain('6 pipelines'));
    stdout.lose();
    await expect(end).resolves.toBe('terminal-lost');
    stdout.lose();
    expect(port.listenerCount).toBe(0);
  });

  it('can be closed by the program', async () => {
    const port = new FakeScreenPort(snapshot());
    const stdin = new FakeTerminal();
    const stdout = new FakeTerminal();
    const streams = { stdin, stdout } as unknown as { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream };
    const screen = showScreen(Object.assign(port, { streams }), port.options);
    await vi.waitFor(() => expect(stdout.text).toContain('6 pipelines'));
    screen.close();
    await expect(screen.closed).resolves.toBeUndefined();
    expect(stdout.text).toContain(LEAVE);
  });
});
