import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readModel } from '../../../../src/app/risk/model-files.ts';
import { predictFromTable } from '../../../../src/app/risk/predict.ts';

const root = new URL('../../../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'rollwatch-predict-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  'pipeline_id,num_tasks,num_failed_tasks,num_stages,deploy_hour,is_feature_branch,' +
  'deploy_day_1,deploy_day_2,deploy_day_3,deploy_day_4,deploy_day_5,deploy_day_6,rolled_back';
const small = '3,0,2,10,0,1,0,0,0,0,0';
const large = '31,4,6,14,1,0,0,0,1,0,0';

/** Small and large deployments by turns, the large ones bad; then the one asked about, then one after it. */
function table(): string {
  const path = join(folder, 'features.csv');
  const past = Array.from({ length: 20 }, (_, i) => `p${i},${i % 2 === 0 ? `${small},0` : `${large},1`}`);
  const unknown = `open,${large},`;
  writeFileSync(path, [HEADER, ...past, unknown, `asked,${large},`, `later,${large},0`, ''].join('\n'));
  return path;
}

it('shows similar rows before the one asked about that have an outcome, when the table has a column of them', () => {
  const model = readModel(join(root, 'models/deployment-risk.json'));
  const asked = predictFromTable(model, table(), { pipeline: 'asked', label: 'rolled_back' });
  expect(asked.similar.map(({ what, bad, distance }) => [what, bad, distance])).toEqual(
    ['p19', 'p17', 'p15', 'p13', 'p11'].map((what) => [what, true, 0]),
  );
  expect(predictFromTable(model, table(), { pipeline: 'asked', label: null }).similar).toEqual([]);
  expect(() => predictFromTable(model, table(), { pipeline: null, label: 'nowhere' })).toThrow(/no column "nowhere"/);
});
