import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../../src/core/risk/dataset.ts';

/** Reads matrices, fits what is asked and writes scores; times the fit alone. */
const SCRIPT = `
import sys, json, time, numpy as np
folder, what, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
shape = json.load(open(folder + '/shape.json'))
def matrix(name): return np.ascontiguousarray(np.fromfile(folder + '/' + name, dtype=np.float64).reshape(shape['columns'], -1).T)
X, y = matrix('train'), np.fromfile(folder + '/labels', dtype=np.uint8)
if what == 'hgb':
    from sklearn.ensemble import HistGradientBoostingClassifier as H
    model = H(max_iter=150, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=5, early_stopping=False, random_state=seed)
else:
    from sklearn.ensemble import RandomForestClassifier as R
    model = R(100, min_samples_leaf=20, n_jobs=1, random_state=seed)
start = time.perf_counter(); model.fit(X, y); seconds = time.perf_counter() - start
if shape['test']: model.predict_proba(matrix('test'))[:, 1].astype(np.float64).tofile(folder + '/scores')
print(seconds)
`;

/** Python with scikit-learn, or null where there is none. */
export function findSklearn(): string | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (spawnSync(python, ['-c', 'import sklearn, numpy'], { stdio: 'ignore' }).status === 0) return python;
  }
  return null;
}

/** Fits scikit-learn's RF (100 trees, leaf 20, n_jobs=1) or HGB; gives the scores of `test` and the seconds of the fit. */
export function runSklearn(
  python: string,
  what: 'rf' | 'hgb',
  train: Dataset,
  test: Dataset | null,
  seed: number,
): { readonly scores: Float64Array; readonly seconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'rollwatch-sklearn-'));
  try {
    writeFileSync(join(folder, 'shape.json'), JSON.stringify({ columns: train.columns.length, test: test !== null }));
    writeFileSync(join(folder, 'labels'), train.labels);
    writeFileSync(join(folder, 'train'), Buffer.concat(train.columns.map(bytes)));
    if (test !== null) writeFileSync(join(folder, 'test'), Buffer.concat(test.columns.map(bytes)));
    const out = execFileSync(python, ['-c', SCRIPT, folder, what, String(seed)], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    const raw = test === null ? new Uint8Array(0) : readFileSync(join(folder, 'scores'));
    return { scores: new Float64Array(Uint8Array.from(raw).buffer), seconds: Number(out.trim()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytes(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
