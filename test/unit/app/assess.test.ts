import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../fakes/cli-context.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const folder = temporaryFolder();

beforeEach(() => {
  mkdirSync(join(folder.path, 'monitor_logs'));
  for (const name of ['pipe-xyz123', 'pipe-risky456']) {
    copyFileSync(join(root, `monitor_logs/metrics_${name}.csv`), join(folder.path, `monitor_logs/metrics_${name}.csv`));
  }
  copyFileSync(join(root, 'deployment_features.csv'), join(folder.path, 'deployment_features.csv'));
});

function assess(pipeline: string, ...argv: readonly string[]) {
  return runCommand({ cwd: folder.path }, 'assess', '--pipeline', pipeline, ...argv);
}

async function report(
  pipeline: string,
  ...argv: readonly string[]
): Promise<Record<string, unknown> & { readonly code: number }> {
  const { code, stdout } = await assess(pipeline, '--json', ...argv);
  return { code, ...(JSON.parse(stdout) as Record<string, unknown>) };
}

function log(
  name: string,
  rows: readonly string[],
  header = 'timestamp,cpu_usage,memory_usage,response_time,error_rate',
): void {
  writeFileSync(join(folder.path, `monitor_logs/metrics_${name}.csv`), `${[header, ...rows].join('\n')}\n`);
}

const FINE = [
  '2026-03-02T09:00:00Z,50,50,100,0.1',
  '2026-03-02T09:01:00Z,51,50,101,0.1',
  '2026-03-02T09:02:00Z,49,50,99,0.1',
];

describe('the seed’s pipelines', () => {
  it('says in words why it is risky, and how far the model can be believed', async () => {
    const { stdout } = await assess('pipe-risky456');
    expect(stdout).toMatch(
      /^risk {6}HIGH \d+\.\d % \(base rate 23\.0 %\)\n {10}raises it: 4 tasks failed on the way$/m,
    );
    expect(stdout).toMatch(/^ {10}model: AUC 0\.72 \(.*\) on 240 held-back deployments, 48 bad$/m);
    const quiet = await assess('pipe-xyz123');
    expect(quiet.stdout).toMatch(/^ {10}lowers it: /m);
    expect(Object.keys((await report('pipe-risky456'))['risk'] as object)).toEqual(['label', 'probability']);
  });

  it('rolls the bad one back', async () => {
    const found = await report('pipe-risky456');
    expect(found).toMatchObject({
      code: 10,
      schemaVersion: 1,
      phase: 'Failed',
      decision: 'rollback',
      risk: { label: 'HIGH' },
    });
    expect(found['anomaly']).toMatchObject({
      detected: true,
      method: 'threshold',
      metrics: expect.arrayContaining([
        expect.objectContaining({
          metric: 'error_rate',
          threshold: 2,
          first: expect.stringMatching(/^2026-03-02T\d\d:\d\d:\d\d/) as string,
        }),
      ]) as unknown[],
    });
  });

  it('leaves the healthy one alone', async () => {
    expect(await report('pipe-xyz123')).toMatchObject({
      code: 0,
      phase: 'Successful',
      decision: 'hold',
      risk: { label: 'LOW' },
      anomaly: { detected: false, metrics: [] },
    });
  });

  it('says the same to people', async () => {
    const { stdout } = await assess('pipe-risky456');
    expect(stdout).toContain('decision  proposes a rollback: risk HIGH');
    expect(stdout).toMatch(/^ {10}error_rate: \d+ rows since 2026-/m);
  });
});

describe('the seed’s rule', () => {
  it.each([
    ['at the limit', '90,50,600,2.0', false],
    ['beyond a limit by a hair', '90,50,600,2.01', true],
    ['beyond in one metric', '90.5,50,100,0.1', true],
    ['missing values', ',,,', false],
  ])('a single row %s', async (_, values, detected) => {
    log('one', [...FINE, `2026-03-02T09:03:00Z,${values}`]);
    expect(await report('one')).toMatchObject({
      anomaly: { detected },
      decision: detected ? 'rollback' : 'hold',
      code: detected ? 10 : 0,
    });
  });

  it('takes the z-score of the whole column, two-sided, with n − 1', async () => {
    // Mean 11, deviation with n − 1 = √(90/9) ≈ 3.162; 20 is 2.846 deviations off (2.999 with n).
    log('z', [
      ...Array.from({ length: 9 }, (_, i) => `2026-03-02T09:0${i}:00Z,10,1,1,1`),
      '2026-03-02T09:09:00Z,20,1,1,1',
    ]);
    const found = await report('z', '--method', 'zscore');
    expect(found['anomaly']).toMatchObject({
      metrics: [{ metric: 'cpu_usage', count: 1, threshold: 2, first: '2026-03-02T09:09:00.000Z' }],
    });
    const [metric] = (found['anomaly'] as { metrics: { worst: number }[] }).metrics;
    expect(metric!.worst).toBeCloseTo(2.846, 3);
  });

  it('has limits that a config may move', async () => {
    log('one', [...FINE, '2026-03-02T09:03:00Z,95,50,100,0.1']);
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'metrics: {cpu_usage: {limit: 97%}}\n');
    expect(await report('one')).toMatchObject({ decision: 'hold' });
  });

  it('reads the True and False of a data frame', async () => {
    const days = Array.from({ length: 6 }, (_, i) => `deploy_day_${i + 1}`).join(',');
    const header = `region,is_feature_branch,deploy_hour,num_stages,num_failed_tasks,num_tasks,pipeline_id,${days}`;
    const row = (yes: string, no: string): string =>
      `"eu, west",${yes},14,3,0,10,new,${yes},${no},${no},${no},${no},${no}`;
    const path = join(folder.path, 'frame.csv');
    const risk = async (text: string): Promise<unknown> => {
      writeFileSync(path, `\uFEFF${[header, text].join('\r\n')}\r\n`);
      return (await report('new', '--features', path))['risk'];
    };
    const words = await risk(row('True', 'False'));
    expect(words).toMatchObject({ label: 'LOW' });
    expect(words).toEqual(await risk(row('1', '0')));
  });

  it('decides on the metrics alone where there are no features, and says so', async () => {
    log('new', FINE);
    expect(await report('new')).toMatchObject({
      code: 0,
      risk: null,
      reason: expect.stringContaining('no row of new in') as string,
    });
  });

  it('decides on the risk alone where there is no log', async () => {
    const features = readFileSync(join(folder.path, 'deployment_features.csv'), 'utf8').split('\n');
    const risky = features.find((line) => line.startsWith('pipe-risky456,'))!;
    const healthy = features.find((line) => line.startsWith('pipe-xyz123,'))!;
    const rows = [features[0], risky.replace('pipe-risky456', 'bad'), healthy.replace('pipe-xyz123', 'good')];
    writeFileSync(join(folder.path, 'f.csv'), rows.join('\n'));
    expect(await report('bad', '--features', 'f.csv')).toMatchObject({
      code: 10,
      phase: 'NoData',
      decision: 'rollback',
    });
    expect(await report('good', '--features', 'f.csv')).toMatchObject({ code: 11, phase: 'NoData', decision: 'hold' });
  });

  it('takes the newest row of a pipeline', async () => {
    const features = readFileSync(join(folder.path, 'deployment_features.csv'), 'utf8').trim().split('\n');
    const healthy = features.find((line) => line.startsWith('pipe-xyz123,'))!;
    writeFileSync(
      join(folder.path, 'f.csv'),
      [...features, healthy.replace('pipe-xyz123', 'pipe-risky456')].join('\n'),
    );
    expect(await report('pipe-risky456', '--features', 'f.csv')).toMatchObject({ risk: { label: 'LOW' } });
  });

  it('takes a log that is named, whatever it is called', async () => {
    log('other', [...FINE, '2026-03-02T09:03:00Z,95,50,100,0.1']);
    expect(await report('pipe-xyz123', '--metrics', 'monitor_logs/metrics_other.csv')).toMatchObject({ code: 10 });
  });

  it('judges a log ahead of the clock as of its end', async () => {
    log('ahead', [...FINE, '2036-03-02T09:03:00Z,95,50,100,0.1']);
    expect(await report('ahead')).toMatchObject({ code: 10, decision: 'rollback' });
  });

  it('has no verdict on a log without rows', async () => {
    log('empty', []);
    expect(await report('empty')).toMatchObject({ code: 11, phase: 'NoData', decision: 'hold' });
  });
});

describe('the guarded policy', () => {
  it('does not fail on one row', async () => {
    log('one', [...FINE, '2026-03-02T09:03:00Z,95,50,100,0.1']);
    const found = await report('one', '--policy', 'guarded');
    expect(found).toMatchObject({ anomaly: { detected: true }, decision: 'hold' });
    expect(found['phase']).not.toBe('Failed');
  });

  it('asks for what a deployment broke', async () => {
    const minutes = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2026, 2, 2, 9, i)).toISOString());
    log(
      'broken',
      minutes.map((at, i) => `${at},${50 + (i % 3)},50,${i < 30 ? 100 + (i % 5) : 900},0.1`),
    );
    const marker = { pipeline: 'broken', version: 'v2', previous: 'v1', at: '2026-03-02T09:30:00Z' };
    writeFileSync(join(folder.path, 'monitor_logs/deployments.jsonl'), `${JSON.stringify(marker)}\n`);
    expect(await report('broken', '--policy', 'guarded')).toMatchObject({ code: 10, phase: 'Failed', decision: 'ask' });
  });
});

describe('what cannot be assessed', () => {
  it.each([
    [
      ['ghost'],
      /^rollwatch: Pipeline "ghost" is known nowhere: expected a row in .*deployment_features\.csv, which has \d+ rows of other pipelines, or a log metrics_ghost\.csv in .*monitor_logs; found logs of pipe-risky456, pipe-xyz123\.\n$/,
    ],
    [['pipe-xyz123', '--metrics', 'gone.csv'], /Expected the metric log .*gone\.csv; it is not there\./],
    [['pipe-xyz123', '--metrics', 'monitor_logs'], /is not a regular file/],
    [['pipe-xyz123', '--features', 'gone.csv'], /Expected the deployment features in .*gone\.csv; it is not there\./],
    [['pipe-xyz123', '--model', 'gone.json'], /Expected a risk model in gone\.json;/],
    [
      ['pipe-xyz123', '--model', 'deployment_features.csv'],
      /Expected a risk model in deployment_features\.csv; it is not JSON\./,
    ],
  ])('%j ends with 2', async ([pipeline, ...argv], message) => {
    const { code, stdout, stderr } = await assess(pipeline!, ...argv);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names the columns that were expected and found in a log', async () => {
    log('short', ['2026-03-02T09:00:00Z,50,100'], 'timestamp,cpu_usage,response_time');
    const { code, stderr } = await assess('short');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'expected the columns timestamp, cpu_usage, memory_usage, response_time, error_rate; found cpu_usage, response_time; missing memory_usage, error_rate.',
    );
  });

  it('names what is wrong with a log without a time', async () => {
    log('timeless', ['50,50,100,0.1'], 'cpu_usage,memory_usage,response_time,error_rate');
    const { code, stderr } = await assess('timeless');
    expect(code).toBe(2);
    expect(stderr).toContain('metrics_timeless.csv: ');
    expect(stderr).toMatch(/time/);
  });

  it('names the features that the model expects and the file has', async () => {
    const lines = readFileSync(join(folder.path, 'deployment_features.csv'), 'utf8').trim().split('\n');
    writeFileSync(
      join(folder.path, 'f.csv'),
      lines
        .map((line) =>
          line
            .split(',')
            .filter((_, i) => i !== 3)
            .join(','),
        )
        .join('\n'),
    );
    const { code, stderr } = await assess('pipe-xyz123', '--features', 'f.csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /f\.csv does not fit the model .*deployment-risk\.json: The model expects the features num_tasks.*num_stages.*; found num_tasks.*; missing num_stages\./,
    );
  });

  it('names the column that says whose features they are', async () => {
    writeFileSync(join(folder.path, 'f.csv'), 'pipeline,num_tasks\na,1\n');
    const { code, stderr } = await assess('a', '--features', 'f.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('has no column "pipeline_id"; found pipeline, num_tasks.');
  });
});
