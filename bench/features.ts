/**
 * How fast `rollwatch features git --each` measures a history, beside the executable definition of the features, and
 * whether every cell of every row is the same.
 *
 * node bench/features.ts --repo DIR [--repo DIR …] [--definition risk-features.py] [--turns 3] [--json]
 *
 * Both run as a program of its own, by turns, start included; a ratio is the median over the turns. Wall-clock time gains
 * from a second core, CPU time does not: both are printed. Needs git, python3 and a built program.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { differences, readRows } from './features/compare-rows.ts';
import { runTimed } from './features/run-timed.ts';
import { median } from './ingest/run.ts';

const { values: flags } = parseArgs({
  options: {
    repo: { type: 'string', multiple: true },
    definition: { type: 'string', default: '../shared/reference/risk-features.py' },
    turns: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const turns = Number(flags.turns);
if (flags.repo === undefined) throw new RangeError('--repo DIR is missing: a git repository with its whole history');
if (!(turns >= 1)) throw new RangeError('--turns takes a number from 1');
if (!existsSync(flags.definition)) throw new RangeError(`--definition: there is no ${flags.definition}`);

const program = resolve(import.meta.dirname, '../bin/rollwatch');
const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-'));
const results = [];
try {
  for (const repo of flags.repo) {
    const expected = join(folder, 'expected.csv');
    const found = join(folder, 'found.csv');
    const ratios: { wall: number; cpu: number; definitionS: number; ownS: number }[] = [];
    const versions: (readonly ReadonlyMap<string, string>[])[] = [];
    for (let turn = 0; turn < turns; turn++) {
      // The definition takes the first of equally busy subsystems from a set: each order of its hashes is as good.
      const seed = { PYTHONHASHSEED: String(turn + 1) };
      const definition = runTimed(['python3', flags.definition, repo, expected], null, seed);
      const own = runTimed(
        [process.execPath, program, 'features', 'git', '--repo', repo, '--each', '--csv'],
        found,
        {},
      );
      versions.push(readRows(readFileSync(expected, 'utf8')));
      const { wallS: definitionS } = definition;
      ratios.push({ wall: definitionS / own.wallS, cpu: definition.cpuS / own.cpuS, definitionS, ownS: own.wallS });
    }
    const rows = readRows(readFileSync(found, 'utf8')).filter((row) => row.get('label_reverted_14d') !== '');
    const middle = (pick: (one: (typeof ratios)[number]) => number): number => median(ratios.map(pick));
    results.push({
      repository: basename(repo) === 'repo' ? basename(resolve(repo, '..')) : basename(resolve(repo)),
      rows: rows.length,
      differences: differences(rows, versions),
      definitionS: middle((one) => one.definitionS),
      ownS: middle((one) => one.ownS),
      wallRatio: middle((one) => one.wall),
      cpuRatio: middle((one) => one.cpu),
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}

const total = {
  rowsEqual: results.every((one) => one.differences.length === 0),
  medianWallRatio: median(results.map((one) => one.wallRatio)),
  medianCpuRatio: median(results.map((one) => one.cpuRatio)),
};
console.log('repository                        rows  different  definition s   own s   wall ×    CPU ×');
for (const { repository, rows, differences: cells, definitionS, ownS, wallRatio, cpuRatio } of results) {
  const numbers = [definitionS.toFixed(2).padStart(12), ownS.toFixed(2).padStart(7)];
  const factors = [wallRatio.toFixed(2).padStart(8), cpuRatio.toFixed(2).padStart(8)];
  console.log(
    `${repository.slice(0, 30).padEnd(30)} ${String(rows).padStart(7)}  ${String(cells.length).padStart(9)}  ${[...numbers, ...factors].join(' ')}`,
  );
  for (const cell of cells.slice(0, 5)) console.log(`  ${cell}`);
}
console.log(
  `\nmedian: ${total.medianWallRatio.toFixed(2)} × by the clock, ${total.medianCpuRatio.toFixed(2)} × in CPU time`,
);
if (flags.json) console.log(JSON.stringify({ features: { ...total, repositories: results } }));
if (!total.rowsEqual) process.exitCode = 1;
