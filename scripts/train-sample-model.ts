/**
 * Trains models/deployment-risk.json (and its card) from deployment_features.csv and models/sample/deployment_labels.csv.
 * The same bytes every time.
 */
import { writeFileSync } from 'node:fs';
import { columnIndex, numericColumn, readTable } from '../src/app/risk/read-table.ts';
import { modelCard } from '../src/core/risk/card.ts';
import type { Dataset } from '../src/core/risk/dataset.ts';
import { evaluateByTime } from '../src/core/risk/evaluate.ts';
import type { FitSettings } from '../src/core/risk/fit.ts';
import { trainModel } from '../src/core/risk/train.ts';

const root = new URL('..', import.meta.url).pathname;
const table = readTable(`${root}deployment_features.csv`);
const labelTable = readTable(`${root}models/sample/deployment_labels.csv`);
const labelAt = columnIndex(labelTable, 'rolled_back');
const labels = new Map(labelTable.rows.map((row) => [row[columnIndex(labelTable, 'pipeline_id')], row[labelAt]]));

const idAt = columnIndex(table, 'pipeline_id');
const labelled = { ...table, rows: table.rows.filter((row) => labels.has(row[idAt])) };
const names = table.header.filter((name) => name !== 'pipeline_id');
const data: Dataset = {
  features: names.map((name) => ({ name, kind: 'number' })),
  rowCount: labelled.rows.length,
  columns: names.map((name) => numericColumn(labelled, name)),
  labels: Uint8Array.from(labelled.rows, (row) => Number(labels.get(row[idAt]))),
  // The rows have an order but no times.
  atMs: new Float64Array(labelled.rows.length),
};

const settings: FitSettings = {
  engine: 'histogram-forest',
  trees: 100,
  minLeaf: 10,
  positiveWeight: 1,
  logisticShare: 0,
  ridge: 1,
  seed: 1,
  prior: null,
};
const evaluation = evaluateByTime(data, null, settings, { testShare: 0.3, embargoDays: 0 });
const file = trainModel(
  data,
  null,
  settings,
  { kind: 'share', share: 0.2 },
  {
    name: 'deployment-risk',
    version: '1',
    source:
      'deployment_features.csv and models/sample/deployment_labels.csv, both made by scripts/make-deployment-features.ts',
    label: 'whether a deployment is rolled back',
    note:
      '**Synthetic.** This model learned from 800 invented deployments whose labels were drawn from a stated probability ' +
      'plus noise. It shows how rollwatch judges risk and says nothing about your deployments: train one on your own ' +
      'history with `rollwatch risk train`. The number of failed tasks is one weak signal of several and does not decide the label.',
  },
  evaluation,
);
writeFileSync(`${root}models/deployment-risk.json`, `${JSON.stringify(file)}\n`);
writeFileSync(`${root}models/deployment-risk.md`, modelCard(file));
console.log(JSON.stringify(evaluation));
