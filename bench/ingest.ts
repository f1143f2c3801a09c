/**
 * How fast rows come from a file to a verdict, beside what else reads such a file, on one core and in one run.
 *
 * npm run bench:ingest -- [--json] [--mb 64] [--runs 5]
 *
 * Contenders take turns, each run in a process of its own; a ratio is the median over the turns, so that a busy machine
 * disturbs both sides alike. Latency is measured with another process that writes, on all cores. Node programs and pandas time themselves, without start and imports; wc is timed from outside.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLatency } from './ingest/latency.ts';
import { findPandas, median, ONE_CORE, type Run, runNode, runPandas, runWc } from './ingest/run.ts';
import { writeLog } from './ingest/write-log.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    mb: { type: 'string', default: '64' },
    runs: { type: 'string', default: '5' },
  },
});
const [sizeMb, turns] = [Number(flags.mb), Number(flags.runs)];
if (!(sizeMb > 0) || !(turns >= 1)) throw new RangeError('--mb and --runs take positive numbers');

const GROWING_FILES = 200;
const GROWING_SECONDS = 10;
const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-'));
try {
  const path = join(folder, 'metrics_bench.csv');
  const rows = writeLog(path, sizeMb * 1e6);
  const megabytes = statSync(path).size / 1e6;
  const python = findPandas();
  const runners: Record<string, () => Run> = {
    'wc -l': () => runWc(path),
    'readline + split': () => runNode('readline', path),
    'papaparse, parse only': () => runNode('papaparse', path),
    ...(python === null ? {} : { 'pandas read_csv + rolling z-score': () => runPandas(python, path) }),
    'rollwatch, file to verdict': () => runNode('rollwatch', path),
  };
  const seconds = new Map<string, number[]>(Object.keys(runners).map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, runner] of Object.entries(runners)) {
      const run = runner();
      if (run.rows !== rows) throw new Error(`${name} read ${run.rows} of ${rows} rows`);
      seconds.get(name)!.push(run.seconds);
    }
  }
  const rate = (name: string): number => megabytes / median(seconds.get(name)!);
  /** How many times as fast as the other, turn by turn. */
  const versus = (other: string): number => {
    const ours = seconds.get('rollwatch, file to verdict')!;
    return median(seconds.get(other)!.map((theirs, turn) => theirs / ours[turn]!));
  };
  const oneCore = ONE_CORE.length > 0 ? 'on one core' : 'on all cores: taskset is not installed';
  console.log(`${megabytes.toFixed(0)} MB, ${rows} rows of 4 metrics, median of ${turns} turns, ${oneCore}\n`);
  for (const name of seconds.keys()) {
    const rowsPerS = (rate(name) / megabytes) * rows;
    console.log(
      `${name.padEnd(36)} ${rate(name).toFixed(1).padStart(8)} MB/s ${rowsPerS.toFixed(0).padStart(11)} rows/s`,
    );
  }
  const vsReadline = versus('readline + split');
  const vsPandas = python === null ? null : versus('pandas read_csv + rolling z-score');
  console.log(`\nrollwatch is ${vsReadline.toFixed(2)} times as fast as readline + split (at least 0.4 is wanted)`);
  console.log(
    vsPandas === null
      ? 'no python with pandas here ($PYTHON, python3, /usr/bin/python3): not compared'
      : `and ${vsPandas.toFixed(2)} times as fast as pandas (more than 1 is wanted)`,
  );
  const latency = await measureLatency(join(folder, 'growing'), GROWING_FILES, GROWING_SECONDS);
  console.log(
    `\nappend to verdict, ${GROWING_FILES} files growing by a row a second, ${latency.samples} rows: ` +
      `p50 ${latency.p50Ms.toFixed(1)} ms, p99 ${latency.p99Ms.toFixed(1)} ms (below 100 ms is wanted)`,
  );
  const mbPerS = rate('rollwatch, file to verdict');
  const rowsPerS = (mbPerS / megabytes) * rows;
  const { p50Ms: latencyP50Ms, p99Ms: latencyP99Ms } = latency;
  if (flags.json) console.log(JSON.stringify({ mbPerS, rowsPerS, vsReadline, vsPandas, latencyP50Ms, latencyP99Ms }));
} finally {
  rmSync(folder, { recursive: true });
}
