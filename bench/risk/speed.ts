import type { Dataset } from '../../src/core/risk/dataset.ts';
import { sliceRows } from '../../src/core/risk/dataset.ts';
import { growForest } from '../../src/core/risk/forest/grow.ts';
import { loadModel, riskOfRow } from '../../src/core/risk/model.ts';
import { rowAt } from '../../src/core/risk/dataset.ts';
import { standardSettings } from '../../src/core/risk/recipe.ts';
import { trainModel } from '../../src/core/risk/train.ts';
import { runSklearn } from './sklearn.ts';

const ROWS = 15_000;
const TURNS = 9;

/** Fit of 15,000 rows and 100 trees in turns with scikit-learn (leaf 20 on both sides), prediction, size of the file. */
export function speedProtocol(largest: Dataset, python: string | null) {
  const data = sliceRows(largest, Math.max(0, largest.rowCount - ROWS), largest.rowCount);
  const fits: { readonly ours: number; readonly sklearn: number | null }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const start = performance.now();
    growForest(data.columns, data.labels, null, {
      trees: 100,
      minLeaf: 20,
      featuresPerSplit: Math.floor(Math.sqrt(data.columns.length)),
      maxDepth: 1000,
      positiveWeight: 1,
      sampleShare: 1,
      seed: turn,
    });
    const ours = (performance.now() - start) / 1000;
    fits.push({ ours, sklearn: python === null ? null : runSklearn(python, 'rf', data, null, turn).seconds });
  }
  const file = trainModel(
    largest,
    null,
    standardSettings(largest, 'histogram-forest', 1),
    { kind: 'share', share: 0.2 },
    { name: 'bench', version: '1', source: 'bench', label: 'bench', note: 'bench' },
    null,
  );
  const text = JSON.stringify(file);
  const model = loadModel(JSON.parse(text));
  const rows = Array.from({ length: 2000 }, (_, i) => rowAt(largest, i % largest.rowCount));
  const start = performance.now();
  for (const row of rows) riskOfRow(model, row);
  return {
    rows: data.rowCount,
    columns: data.columns.length,
    fitSeconds: median(fits.map((fit) => fit.ours)),
    sklearnFitSeconds: python === null ? null : median(fits.map((fit) => fit.sklearn!)),
    fitRatioVsSklearn: python === null ? null : median(fits.map((fit) => fit.ours / fit.sklearn!)),
    predictMs: (performance.now() - start) / rows.length,
    modelMb: text.length / 1e6,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
