/**
 * CPU until the whole table stands on the terminal, every pipeline read, judged and drawn: the built rollwatch on the
 * logs of a small fleet beside a bare Ink bundle that draws the same table from static data. Pairs in alternating
 * order, medians. Ends with 1 when rollwatch needs more than 1.3 times. Beside it, without a limit: until the first
 * frame that is complete down to its footer, and the table at a first start, when nothing compiled is there yet.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBare } from './startup/build-bare.ts';
import type { FirstFrame, Moment } from './startup/first-frame.ts';
import { firstFrame, firstRun } from './startup/first-frame.ts';
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

/** Milliseconds of CPU and of the clock, medians. */
interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface Result {
  readonly pairs: number;
  readonly bare: Cost;
  readonly rollwatch: Cost;
  /** Until the first frame that has its footer; where reading takes a while it has not all pipelines yet. */
  readonly rollwatchFirst: Cost;
  /** Nothing compiled kept from an earlier start. */
  readonly bareCold: Cost;
  readonly rollwatchCold: Cost;
  readonly ratio: number;
  readonly firstRatio: number;
  readonly coldRatio: number;
  readonly mostRatio: number;
}

type Frames = readonly (readonly [rollwatch: FirstFrame, bare: FirstFrame])[];

async function measure(): Promise<Result> {
  if (!existsSync(join(root, 'dist', 'rollwatch.mjs')))
    execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root });
  const logs = writeLogs(folder, Date.now());
  const bare = [await buildBare(root, folder)];
  const rollwatch = [join(root, 'bin', 'rollwatch'), 'watch', logs, '--state-dir', join(folder, 'state')];
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), LANG: 'C.UTF-8', TERM: 'xterm-256color' };
  // Not counted: they leave the pages and the compiled code that every start but the first finds.
  await firstRun(rollwatch, env);
  await firstRun(bare, env);
  const warm = await inPairs(rollwatch, bare, env);
  const cold = await inPairs(rollwatch, bare, { ...env, NODE_DISABLE_COMPILE_CACHE: '1' });
  const costs = {
    bare: costOf(warm.map(([, theirs]) => theirs.full)),
    rollwatch: costOf(warm.map(([ours]) => ours.full)),
    rollwatchFirst: costOf(warm.map(([ours]) => ours.first)),
    bareCold: costOf(cold.map(([, theirs]) => theirs.full)),
    rollwatchCold: costOf(cold.map(([ours]) => ours.full)),
  };
  return {
    pairs,
    ...costs,
    ratio: ratioOf(costs.rollwatch, costs.bare),
    firstRatio: ratioOf(costs.rollwatchFirst, costs.bare),
    coldRatio: ratioOf(costs.rollwatchCold, costs.bareCold),
    mostRatio: MOST_RATIO,
  };
}

async function inPairs(
  rollwatch: readonly string[],
  bare: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Frames> {
  const frames: [FirstFrame, FirstFrame][] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const before = pair % 2 === 0 ? await firstFrame(rollwatch, env) : null;
    const theirs = await firstFrame(bare, env);
    frames.push([before ?? (await firstFrame(rollwatch, env)), theirs]);
  }
  return frames;
}

function costOf(moments: readonly Moment[]): Cost {
  return {
    cpuMs: median(moments.map(({ cpuMs }) => cpuMs)),
    wallMs: Math.round(median(moments.map(({ wallMs }) => wallMs))),
  };
}

function ratioOf(ours: Cost, theirs: Cost): number {
  return Math.round((ours.cpuMs / theirs.cpuMs) * 100) / 100;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function report(result: Result): void {
  const line = (name: string, { cpuMs, wallMs }: Cost, ratio = ''): string =>
    `  ${name.padEnd(30)}${String(cpuMs).padStart(5)} ms CPU ${String(wallMs).padStart(6)} ms wall  ${ratio}`;
  console.log(`Until the whole table stands, median of ${result.pairs} pairs`);
  console.log(line('bare Ink bundle', result.bare));
  console.log(line('rollwatch', result.rollwatch, `${result.ratio} (at most ${result.mostRatio})`));
  console.log(line('rollwatch, its first frame', result.rollwatchFirst, String(result.firstRatio)));
  console.log('The same at a first start, nothing compiled yet');
  console.log(line('bare Ink bundle', result.bareCold));
  console.log(line('rollwatch', result.rollwatchCold, String(result.coldRatio)));
  if (values.json) console.log(JSON.stringify(result));
  if (result.ratio > result.mostRatio) process.exitCode = 1;
}
