import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsolationForest } from '../../src/core/stats/isolation-forest.ts';
import { SeededUniform } from '../../src/core/stats/seeded-uniform.ts';
import { findSklearn } from '../risk/sklearn.ts';

const ROWS = 10_000;
const COLUMNS = 5;
/** The quicker of so many of each: neighbours on the machine only ever slow one down. */
const RUNS = 3;

const SCRIPT = `
import sys, time, numpy as np
from sklearn.ensemble import IsolationForest
X = np.fromfile(sys.argv[1], dtype=np.float64).reshape(-1, ${COLUMNS})
best, scores = 1e9, None
for run in range(${RUNS}):
    start = time.process_time()
    scores = -IsolationForest(n_estimators=100, max_samples=256, n_jobs=1, random_state=run).fit(X).score_samples(X)
    best = min(best, time.process_time() - start)
print(best, *(repr(float(s)) for s in scores[:${COLUMNS * 100}]))
`;

/** Fit and score of one forest of 100 trees of 256 rows over the same 10,000 rows of 5 columns, in processor seconds. */
export interface ForestRace {
  readonly seconds: number;
  readonly sklearnSeconds: number;
  /** Ours over theirs: below 1 is faster. */
  readonly ratio: number;
  /** Correlation of the scores of the first 500 rows, to show that both do the same work. */
  readonly correlation: number;
}

/** Runs both, or gives null where there is no Python with scikit-learn. */
export function raceForests(): ForestRace | null {
  const python = findSklearn();
  if (python === null) return null;
  const random = new SeededUniform(8);
  // Sums of uniforms: a bell with rare rows far out.
  const rows = Float64Array.from({ length: ROWS * COLUMNS }, () => random.next() + random.next() + random.next());
  const scores = new Float64Array(ROWS);
  const runs = Array.from({ length: RUNS }, (_, run) => {
    const begin = process.cpuUsage();
    const forest = IsolationForest.fit(rows, COLUMNS, { trees: 100, sampleSize: 256 }, new SeededUniform(run));
    for (let row = 0; row < ROWS; row += 1) scores[row] = forest.score(rows, row * COLUMNS);
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  });
  const seconds = Math.min(...runs);
  const [sklearnSeconds = Number.NaN, ...theirs] = sklearn(python, rows);
  const ratio = seconds / sklearnSeconds;
  return { seconds, sklearnSeconds, ratio, correlation: correlation(scores.subarray(0, theirs.length), theirs) };
}

/** Seconds, then scores. */
function sklearn(python: string, rows: Float64Array): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'rollwatch-forest-'));
  try {
    writeFileSync(join(folder, 'rows'), new Uint8Array(rows.buffer));
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    return execFileSync(python, ['-c', SCRIPT, join(folder, 'rows')], { encoding: 'utf8', env })
      .trim()
      .split(' ')
      .map(Number);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function correlation(ours: Float64Array, theirs: readonly number[]): number {
  const mean = (all: Iterable<number>): number => [...all].reduce((sum, one) => sum + one, 0) / theirs.length;
  const [a, b] = [mean(ours), mean(theirs)];
  let [both, first, second] = [0, 0, 0];
  for (const [i, one] of ours.entries()) {
    both += (one - a) * (theirs[i]! - b);
    first += (one - a) ** 2;
    second += (theirs[i]! - b) ** 2;
  }
  return both / Math.sqrt(first * second);
}
