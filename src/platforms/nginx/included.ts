import { realpath } from 'node:fs/promises';
import { runProgram } from '../run-program.ts';
import { StepRefused } from '../step.ts';
import type { NginxCall } from './call.ts';

const DUMPED_FILE = /^# configuration file (.+):$/gm;

/**
 * Looks that the include file is part of the configuration nginx runs with, which `nginx -T` prints file by file: one that
 * was moved, or belongs to another nginx, would be rewritten without any effect.
 *
 * @throws StepRefused when it is not, or when nginx refuses the configuration as it is.
 */
export async function refuseUnlessIncluded({ program, include }: NginxCall): Promise<void> {
  const dump = await runProgram(program, ['-T']);
  if (dump.exitCode !== 0) {
    throw new StepRefused(`nginx -T refuses the configuration as it is: ${dump.said}; nothing was changed`);
  }
  // A configuration that is longer than what is kept of it proves nothing.
  if (dump.stdoutCut) return;
  const wanted = await realpath(include);
  const files = [...dump.stdout.matchAll(DUMPED_FILE)].map(([, path]) => path!);
  const paths = await Promise.all(files.map((path) => realpath(path).catch(() => path)));
  if (paths.includes(wanted)) return;
  throw new StepRefused(`${include} is no part of the configuration nginx runs with (nginx -T): nothing was changed`);
}
