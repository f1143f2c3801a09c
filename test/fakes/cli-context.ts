import { join } from 'node:path';
import type { CliContext } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/run.ts';

/** What a command left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The process around a command of a test; the screen must never be asked for. */
export interface CliSetting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nowMs?: number;
  readonly isTTY?: boolean;
  /** Interrupted as soon as this has been printed. */
  readonly until?: string;
  readonly interrupt?: () => AbortSignal;
}

/** Runs a command line in this process. */
export async function runCommand(setting: CliSetting, ...argv: readonly string[]): Promise<CliRun> {
  const { cwd, env = { HOME: cwd }, nowMs = Date.UTC(2026, 2, 2, 12), isTTY = false } = setting;
  const interrupt = new AbortController();
  let stdout = '';
  let stderr = '';
  const context: CliContext = {
    argv,
    env,
    cwd,
    stdin: { isTTY },
    stdout: {
      isTTY,
      write(text) {
        stdout += text;
        if (setting.until !== undefined && stdout.includes(setting.until)) interrupt.abort();
      },
    },
    stderr: { isTTY, write: (text) => void (stderr += text) },
    clock: { nowMs: () => nowMs, monotonicMs: () => performance.now() },
    version: '1.2.3',
    packageRoot: join(import.meta.dirname, '../..'),
    interrupt: setting.interrupt ?? (() => interrupt.signal),
    loadScreen: () => {
      throw new Error('no command of this test shows a screen');
    },
  };
  const code = await runCli(context);
  return { code, stdout, stderr };
}
