import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const DRIVER = fileURLToPath(import.meta.resolve('./executor-driver.ts'));

/** A driver as a process of its own, with the lines it prints. */
export interface Driver {
  readonly child: ChildProcess;
  lines(): readonly unknown[];
  ended(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export function startDriver(...args: readonly string[]): Driver {
  return follow(spawn(process.execPath, [DRIVER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

export function follow(child: ChildProcess): Driver {
  let out = '';
  let error = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  return {
    child,
    lines: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown),
    async ended() {
      const [code, signal] = await closed;
      if (code !== null && code !== 0) throw new Error(`the driver ended with ${code}: ${error}`);
      return { code, signal };
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await closed;
    },
  };
}
