import { spawn } from 'node:child_process';
import { StepRefused } from './step.ts';

const MAX_CHARS = 4_194_304;

/** How a program ended. */
export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** There was more than is kept. */
  readonly stdoutCut: boolean;
  /** The last lines of stderr, on one line. */
  readonly said: string;
}

/** What a program is given besides its arguments. */
export interface ProgramInput {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a program with its fixed first arguments to its end, with the environment of this process unless told otherwise.
 *
 * @throws StepRefused when it could not be started.
 */
export function runProgram(
  [program, ...first]: readonly [string, ...string[]],
  args: readonly string[],
  { stdin = '', env = process.env }: ProgramInput = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr, unread] = ['', '', ''];
    const child = spawn(program, [...first, ...args], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < MAX_CHARS) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MAX_CHARS)));
    child.once('error', (error) => reject(new StepRefused(`${program} could not be started: ${error.message}`)));
    child.once('close', (exitCode) =>
      resolve({ exitCode, stdout, stdoutCut: stdout.length >= MAX_CHARS, said: said(stderr, exitCode) + unread }),
    );
    child.stdin.on('error', (error) => {
      unread = ` (it did not read its input: ${error.message})`;
    });
    child.stdin.end(stdin);
  });
}

function said(stderr: string, exitCode: number | null): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').slice(-3);
  return last.join(' ').slice(0, 500) || `exited with ${exitCode ?? 'a signal'}`;
}
