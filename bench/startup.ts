/**
 * CPU until the first frame, complete down to its footer: the built rollwatch on the logs of a small fleet beside a bare
 * Ink bundle that draws the same table from static data. Pairs in alternating order, medians. Ends with 1 when rollwatch
 * needs more than 1.3 times. Beside it, without a limit: until all logs have been read and judged too.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBare } from './startup/build-bare.ts';
import type { FirstFrame } from './startup/first-frame.ts';
import { firstFrame } from './startup/first-frame.ts';
import { writeLogs } from './startup/write-logs.ts';

const MOST_RATIO = 1.3;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, pairs: { type: 'string', default: '15' } },
});
const pairs = Number(values.pairs);
const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-startup-'));
try {
  report(await measure());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Result {
  readonly pairs: number;
  readonly rollwatchCpuMs: number;
  readonly rollwatchWallMs: number;
  /** Until all pipelines have been read, judged and drawn. */
  readonly rollwatchFullCpuMs: number;
  readonly rollwatchFullWallMs: number;
  readonly bareCpuMs: number;
  readonly bareWallMs: number;
  readonly ratio: number;
  readonly fullRatio: number;
  readonly mostRatio: number;
}

async function measure(): Promise<Result> {
  if (!existsSync(join(root, 'dist', 'rollwatch.mjs')))
    execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root });
  const logs = writeLogs(folder, Date.now());
  const bare = [await buildBare(root, folder)];
  const rollwatch = [join(root, 'bin', 'rollwatch'), 'watch', logs, '--state-dir', join(folder, 'state')];
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), LANG: 'C.UTF-8', TERM: 'xterm-256color' };
  // Not counted: they fill the page cache and Node's compile cache, as the second start on a machine finds them.
  await firstFrame(rollwatch, env);
  await firstFrame(bare, env);
  const ours: FirstFrame[] = [];
  const theirs: FirstFrame[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (pair % 2 === 0) ours.push(await firstFrame(rollwatch, env));
    theirs.push(await firstFrame(bare, env));
    if (pair % 2 === 1) ours.push(await firstFrame(rollwatch, env));
  }
  const rollwatchCpuMs = median(ours.map((frame) => frame.first.cpuMs));
  const rollwatchFullCpuMs = median(ours.map((frame) => frame.full.cpuMs));
  const bareCpuMs = median(theirs.map((frame) => frame.full.cpuMs));
  return {
    pairs,
    rollwatchCpuMs,
    rollwatchWallMs: Math.round(median(ours.map((frame) => frame.first.wallMs))),
    rollwatchFullCpuMs,
    rollwatchFullWallMs: Math.round(median(ours.map((frame) => frame.full.wallMs))),
    bareCpuMs,
    bareWallMs: Math.round(median(theirs.map((frame) => frame.full.wallMs))),
    ratio: Math.round((rollwatchCpuMs / bareCpuMs) * 100) / 100,
    fullRatio: Math.round((rollwatchFullCpuMs / bareCpuMs) * 100) / 100,
    mostRatio: MOST_RATIO,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function report(result: Result): void {
  console.log(`CPU to the first frame, median of ${result.pairs} pairs`);
  console.log(`  bare Ink bundle             ${result.bareCpuMs} ms CPU, ${result.bareWallMs} ms wall`);
  console.log(`  rollwatch, first frame      ${result.rollwatchCpuMs} ms CPU, ${result.rollwatchWallMs} ms wall`);
  console.log(`  ratio                       ${result.ratio} (at most ${result.mostRatio})`);
  console.log(
    `  rollwatch, all logs judged  ${result.rollwatchFullCpuMs} ms CPU, ${result.rollwatchFullWallMs} ms wall (${result.fullRatio})`,
  );
  if (values.json) console.log(JSON.stringify(result));
  if (result.ratio > result.mostRatio) process.exitCode = 1;
}
