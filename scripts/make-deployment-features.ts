/**
 * Makes deployment_features.csv and models/sample/deployment_labels.csv: synthetic, seeded, the same bytes every time.
 *
 * 800 invented past deployments with labels, then the shipped pipelines (no label: nobody knows yet). The label is drawn
 * from a stated probability, `rollbackLogOdds` below plus noise: no single feature decides it, least of all the number
 * of failed tasks, and no model can know it better than that probability does.
 */
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { normalDeviate, seededRandom } from '../src/core/risk/random.ts';
import { sigmoid } from '../src/core/risk/logit.ts';

const SEED = 20260302;
const ROWS = 800;
const COLUMNS = [
  'num_tasks',
  'num_failed_tasks',
  'num_stages',
  'deploy_hour',
  'is_feature_branch',
  'deploy_day_1',
  'deploy_day_2',
  'deploy_day_3',
  'deploy_day_4',
  'deploy_day_5',
  'deploy_day_6',
] as const;

type Row = Record<(typeof COLUMNS)[number], number>;

interface Shape {
  readonly tasks: number;
  readonly failed: number;
  readonly stages: number;
  readonly hour: number;
  readonly featureBranch: boolean;
  /** Monday = 0, which has no column of its own. */
  readonly day: number;
}

/** The truth behind the labels: log odds of a rollback. */
function rollbackLogOdds(shape: Shape): number {
  const late = shape.hour >= 17 || shape.hour < 7;
  const friday = shape.day === 4;
  return (
    -4.1 +
    0.12 * (shape.tasks - 10) +
    0.7 * Math.min(shape.failed, 3) +
    1.7 * Number(shape.featureBranch) +
    1.5 * Number(late) +
    1.4 * Number(friday) +
    0.8 * Number(shape.day > 4) +
    1.5 * Number(shape.stages <= 2) +
    1.2 * Number(late && shape.featureBranch)
  );
}

const random = seededRandom(SEED);

function drawShape(): Shape {
  const tasks = Math.max(3, Math.round(Math.exp(2.4 + 0.45 * normalDeviate(random))));
  // Flaky tasks that passed on a second try; more tasks, more of them, whatever becomes of the deployment.
  let failed = 0;
  for (let task = 0; task < tasks; task++) failed += Number(random() < 0.04);
  return {
    tasks,
    failed,
    stages: Math.min(7, Math.max(1, Math.round(tasks / 4 + normalDeviate(random)))),
    hour: Math.min(23, Math.max(0, Math.round(13.5 + 4 * normalDeviate(random)))),
    featureBranch: random() < 0.25,
    day: random() < 0.9 ? Math.floor(random() * 5) : 5 + Math.floor(random() * 2),
  };
}

function toRow(shape: Shape): Row {
  const row = Object.fromEntries(COLUMNS.map((name) => [name, 0])) as Row;
  row.num_tasks = shape.tasks;
  row.num_failed_tasks = shape.failed;
  row.num_stages = shape.stages;
  row.deploy_hour = shape.hour;
  row.is_feature_branch = Number(shape.featureBranch);
  if (shape.day > 0) row[`deploy_day_${shape.day}` as keyof Row] = 1;
  return row;
}

const features = [['pipeline_id', ...COLUMNS].join(',')];
const labels = ['pipeline_id,rolled_back'];
for (let i = 1; i <= ROWS; i++) {
  const shape = drawShape();
  const row = toRow(shape);
  const id = `pipe-s${String(i).padStart(4, '0')}`;
  const rolledBack = random() < sigmoid(rollbackLogOdds(shape) + 0.5 * normalDeviate(random));
  features.push([id, ...COLUMNS.map((name) => row[name])].join(','));
  labels.push(`${id},${Number(rolledBack)}`);
}

/** The shipped pipelines, with the features their deploy markers announce. */
const root = new URL('..', import.meta.url).pathname;
const markers = readFileSync(`${root}monitor_logs/deployments.jsonl`, 'utf8').trim().split('\n');
for (const line of markers) {
  const marker = JSON.parse(line) as { pipeline: string; features: Row };
  features.push([marker.pipeline, ...COLUMNS.map((name) => marker.features[name])].join(','));
}

mkdirSync(`${root}models/sample`, { recursive: true });
writeFileSync(`${root}deployment_features.csv`, `${features.join('\n')}\n`);
writeFileSync(`${root}models/sample/deployment_labels.csv`, `${labels.join('\n')}\n`);
