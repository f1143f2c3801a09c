/**
 * How fast `rollwatch features git --each` measures a history, beside the executable definition of the features, and
 * whether every cell of every row is the same.
 *
 * npm run bench:features -- --repo DIR [--repo DIR …] [--definition risk-features.py] [--turns 3] [--json]
 *
 * Both run as a program of its own, by turns, start included; a ratio is the median over the turns. Wall-clock time gains
 * from a second core, CPU time does not: both are printed. Needs git, python3 and a built program.
 *
 * A cell is "tied" when the definition itself takes another value from run to run (features/tied_rates.py) and ours is
 * one of those; any other cell that differs is "different", and the exit code is 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TiedRates } from './features/compare-rows.ts';
import { compareRows, readRows } from './features/compare-rows.ts';
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
    for (let turn = 0; turn < turns; turn++) {
      const definition = runTimed(['python3', flags.definition, repo, expected], null, {});
      const own = runTimed(
        [process.execPath, program, 'features', 'git', '--repo', repo, '--each', '--csv'],
        found,
        {},
      );
      const { wallS: definitionS } = definition;
      ratios.push({ wall: definitionS / own.wallS, cpu: definition.cpuS / own.cpuS, definitionS, ownS: own.wallS });
    }
    const rows = readRows(readFileSync(found, 'utf8')).filter((row) => row.get('label_reverted_14d') !== '');
    const middle = (pick: (one: (typeof ratios)[number]) => number): number => median(ratios.map(pick));
    const { different, tied } = compareRows(rows, readRows(readFileSync(expected, 'utf8')), tiedRates(repo));
    results.push({
      repository: basename(repo) === 'repo' ? basename(resolve(repo, '..')) : basename(resolve(repo)),
      rows: rows.length,
      different,
      tied,
      definitionS: middle((one) => one.definitionS),
      ownS: middle((one) => one.ownS),
      wallRatio: middle((one) => one.wall),
      cpuRatio: middle((one) => one.cpu),
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** What ties leave open in this history, found in a further run of the definition that is not timed. */
function tiedRates(repo: string): TiedRates {
  const out = join(folder, 'ties.json');
  const script = resolve(import.meta.dirname, 'features/tied_rates.py');
  const env = { ...process.env, GIT_NO_LAZY_FETCH: '1' };
  execFileSync('python3', [script, resolve(flags.definition), repo, out], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return JSON.parse(readFileSync(out, 'utf8')) as TiedRates;
}

const total = {
  rowsEqual: results.every((one) => one.different.length === 0),
  medianWallRatio: median(results.map((one) => one.wallRatio)),
  medianCpuRatio: median(results.map((one) => one.cpuRatio)),
};
console.log('repository                        rows  different   tied  definition s   own s   wall ×    CPU ×');
for (const { repository, rows, different, tied, definitionS, ownS, wallRatio, cpuRatio } of results) {
  const numbers = [definitionS.toFixed(2).padStart(12), ownS.toFixed(2).padStart(7)];
  const factors = [wallRatio.toFixed(2).padStart(8), cpuRatio.toFixed(2).padStart(8)];
  console.log(
    `${repository.slice(0, 30).padEnd(30)} ${String(rows).padStart(7)}  ${String(different.length).padStart(9)} ${String(tied).padStart(6)}  ${[...numbers, ...factors].join(' ')}`,
  );
  for (const cell of different.slice(0, 5)) console.log(`  ${cell}`);
}
console.log(
  `\nmedian: ${total.medianWallRatio.toFixed(2)} × by the clock, ${total.medianCpuRatio.toFixed(2)} × in CPU time`,
);
if (flags.json) console.log(JSON.stringify({ features: { ...total, repositories: results } }));
if (!total.rowsEqual) process.exitCode = 1;
