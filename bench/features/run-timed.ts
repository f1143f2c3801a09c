import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** One run of a program. */
export interface TimedRun {
  readonly wallS: number;
  /** Of the program and of all it started, user and system. */
  readonly cpuS: number;
}

/** `times` of a shell says what its children used; the program's own output goes elsewhere. */
const SCRIPT = '"$@" >&3 || exit; times';

/**
 * Runs a program to its end.
 *
 * @param output file that gets what it prints; null = nothing does
 * @throws Error with what it said on stderr when it fails
 */
export function runTimed(
  command: readonly string[],
  output: string | null,
  environment: Readonly<Record<string, string>>,
): TimedRun {
  const file = openSync(output ?? '/dev/null', 'w');
  try {
    const before = performance.now();
    const run = spawnSync('sh', ['-c', SCRIPT, 'sh', ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', file],
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1', ...environment },
    });
    const wallS = (performance.now() - before) / 1000;
    if (run.status !== 0) throw new Error(`${command.slice(0, 3).join(' ')} failed: ${run.stderr.trim()}`);
    const children = run.stdout.trim().split('\n').at(-1)!;
    const seconds = Array.from(
      children.matchAll(/(\d+)m([\d.]+)s/g),
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    );
    return { wallS, cpuS: seconds.reduce((sum, one) => sum + one, 0) };
  } finally {
    closeSync(file);
  }
}
