import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** One timed run of one contender. */
export interface Run {
  readonly seconds: number;
  readonly rows: number;
}

const HERE = import.meta.dirname;

/** Prefix that keeps a process on one core, empty where `taskset` is not installed. */
export const ONE_CORE: readonly string[] =
  spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

/** Runs a contender of ours in its own process. Throws with its output when it fails. */
export function runNode(name: string, path: string): Run {
  return JSON.parse(run([process.execPath, join(HERE, 'contender.ts'), name, path])) as Run;
}

/** `wc -l`, timed from outside, process start included. */
export function runWc(path: string): Run {
  const before = performance.now();
  const lines = Number.parseInt(run(['wc', '-l', path]), 10);
  return { seconds: (performance.now() - before) / 1000, rows: lines - 1 };
}

/** pandas with the given python. */
export function runPandas(python: string, path: string): Run {
  return JSON.parse(run([python, join(HERE, 'pandas_zscore.py'), path])) as Run;
}

/** The first python that has pandas: $PYTHON, python3, /usr/bin/python3; null when none has. */
export function findPandas(): string | null {
  const pythons = [process.env['PYTHON'], 'python3', '/usr/bin/python3'].filter((python) => python !== undefined);
  return pythons.find((python) => spawnSync(python, ['-c', 'import pandas']).status === 0) ?? null;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function run(command: readonly string[]): string {
  const [program, ...args] = [...ONE_CORE, ...command] as [string, ...string[]];
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}
