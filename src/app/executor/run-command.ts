import { spawn } from 'node:child_process';
import type { CommandSpec } from '../../core/model/rollback.ts';
import { handedOn } from './environment.ts';

const MAX_OUTPUT_CHARS = 65_536;
const MAX_COMPLAINT_CHARS = 4096;

/** What came of a command that only reads. */
export interface CommandOutcome {
  /** Null when it did not exit by itself. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** First line of what it complained about; absent: nothing. */
  readonly complaint?: string;
  /** Why it gave no answer, as a clause; null when it exited with 0. */
  readonly fault: string | null;
}

/**
 * Runs a command that reads (a version, a check) and waits for its end. Own process group; killed as a whole at the
 * timeout. Never rejects.
 */
export function runCommand(
  command: CommandSpec,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const [program = '', ...args] = command.argv;
    const child = spawn(program, args, {
      cwd: command.cwd,
      env: { ...handedOn(command, env), ...command.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) killGroup(child.pid);
      // A detached grandchild may hold the pipe open for ever.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, command.timeoutMs);
    // There is no pipe where the process ran out of file descriptors; `error` follows then.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < MAX_OUTPUT_CHARS) stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < MAX_COMPLAINT_CHARS) stderr += text;
    });
    child.once('error', (error) => settle(null, `could not be started: ${error.message}`));
    child.once('close', (exitCode, signal) => {
      if (timedOut) settle(null, `gave no answer within ${command.timeoutMs} ms`);
      else if (exitCode === 0) settle(0, null);
      else settle(exitCode, exitCode === null ? `was ended by ${String(signal)}` : `exited with ${exitCode}`);
    });

    function settle(exitCode: number | null, fault: string | null): void {
      clearTimeout(timer);
      const complaint = stderr.split('\n').find((line) => line.trim() !== '');
      resolve({ exitCode, stdout, fault, ...(complaint === undefined ? {} : { complaint }) });
    }
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // It has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
