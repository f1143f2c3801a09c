/**
 * Trains models/change-risk.json (and its card) from a folder of rollback_<project>.csv files:
 *
 *   node scripts/train-change-model.ts --data DIR
 *
 * The same bytes for the same files. The data itself is no part of the project; how it is made from public
 * repositories is what `rollwatch features git --each` does.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRollbackProjects } from '../src/app/risk/project-data.ts';
import { modelCard } from '../src/core/risk/card.ts';
import { joinRows } from '../src/core/risk/dataset.ts';
import { splitByTime } from '../src/core/risk/evaluate.ts';
import { measure } from '../src/core/risk/measure.ts';
import { sigmoid } from '../src/core/risk/logit.ts';
import { blendScores } from '../src/core/risk/member.ts';
import { rocAuc } from '../src/core/risk/metrics.ts';
import { mixProjects, pretrain } from '../src/core/risk/pretrain.ts';
import { transferSettings } from '../src/core/risk/recipe.ts';
import { trainModel } from '../src/core/risk/train.ts';

const SEED = 1;
const { values: flags } = parseArgs({ options: { data: { type: 'string' } } });
if (flags.data === undefined) throw new Error('--data DIR is needed: a folder with rollback_<project>.csv files');
const projects = readRollbackProjects(flags.data);
if (projects.length < 2) throw new Error(`${flags.data} needs at least two rollback_<project>.csv files`);

/** Each project's last 30 % as judged by a model of the others. */
const judged = projects.map(({ project, data }) => {
  const { test } = splitByTime(data, { testShare: 0.3, embargoDays: 14 });
  const { members, calibration } = pretrain(
    projects.filter((other) => other.project !== project).map((other) => other.data),
    SEED,
  );
  const scores = blendScores(members, test.columns);
  const forecasts = scores.map((score) => sigmoid(calibration.slope * score + calibration.intercept));
  return { project, test, forecasts, auc: rocAuc(forecasts, test.labels) };
});
const pooled = joinRows(judged.map(({ test }) => test));
const forecasts = Float64Array.from(judged.flatMap((one) => [...one.forecasts]));
const each = judged.map(({ project, auc }) => `${project} ${auc.toFixed(3)}`).join(', ');
const evaluation = measure(
  forecasts,
  pooled,
  `every project's last 30 % by time, judged by a model of the other projects only (AUC by project: ${each}); below, all pooled`,
  SEED,
);

const { data, weights } = mixProjects(projects.map((project) => project.data));
const file = trainModel(
  data,
  weights,
  transferSettings(SEED),
  { kind: 'share', share: 0.2 },
  {
    name: 'change-risk',
    version: '1',
    source: `public histories of continuously deployed repositories: ${projects.map((one) => one.project).join(', ')}`,
    label: 'whether a change is explicitly reverted within 14 days of going live',
    note:
      'Learned from real reverts. Made for repositories it has never seen: rates relative to the repository, no trees, ' +
      'because trees did not carry over from one repository to another (docs/decisions). Reverts are a lower bound of ' +
      'bad changes: forward fixes are not seen. `rollwatch risk train --repo` fine-tunes it on your own history.',
  },
  evaluation,
);
const root = new URL('..', import.meta.url).pathname;
writeFileSync(`${root}models/change-risk.json`, `${JSON.stringify(file)}\n`);
writeFileSync(`${root}models/change-risk.md`, modelCard(file));
console.log(JSON.stringify({ rows: data.rowCount, evaluation }));
