import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../fakes/cli-context.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const run = (...argv: readonly string[]) => runCommand({ cwd: folder.path }, 'detect', 'metrics_shop.csv', ...argv);

describe('rollwatch detect', () => {
  beforeEach(() => {
    // 60 quiet minutes, then 40 of a failure.
    const rows = Array.from({ length: 100 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 2, 2, 9) + i * 60_000).toISOString();
      return `${time},${i < 60 ? 100 + ((i * 7) % 5) : 900}`;
    });
    writeFileSync(join(folder.path, 'metrics_shop.csv'), `timestamp,response_time\n${rows.join('\n')}\n`);
  });

  it('writes every row with its score and raises an alarm once, then after 30 samples', async () => {
    const { code, stdout } = await run('--detector', 'cusum');
    const [header, ...rows] = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(header).toBe('timestamp,series,value,anomaly_score,label');
    expect(rows).toHaveLength(100);
    expect(rows[0]).toBe('2026-03-02T09:00:00.000Z,shop/response_time,100,0,0');
    expect(rows.flatMap((row, i) => (row.endsWith(',1') ? [i] : []))).toEqual([60, 90]);
    expect(rows.map((row) => Number(row.split(',')[3])).every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  it('writes the same as JSON', async () => {
    const { stdout } = await run('--format', 'json');
    const rows = JSON.parse(stdout) as readonly { series: string; anomaly_score: number; label: number }[];
    expect(rows).toHaveLength(100);
    expect(rows[60]).toMatchObject({ series: 'shop/response_time', label: 1 });
    expect(rows.filter(({ label }) => label === 1).length).toBeLessThan(4);
  });

  it('trains an LSTM on the first half of a series, which is given without scores, and scores the rest', async () => {
    const rows = Array.from({ length: 560 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 2, 2, 9) + i * 60_000).toISOString();
      return `${time},${i < 500 ? 100 + ((i * 7) % 5) : 900}`;
    });
    writeFileSync(join(folder.path, 'metrics_shop.csv'), `timestamp,response_time\n${rows.join('\n')}\n`);
    const { code, stdout } = await run('--detector', 'lstm', '--format', 'json');
    const found = JSON.parse(stdout) as readonly { anomaly_score: number; label: number }[];
    expect(code).toBe(0);
    expect(found).toHaveLength(560);
    expect(found.slice(0, 280).every(({ anomaly_score }) => anomaly_score === 0)).toBe(true);
    expect(found.slice(280, 500).some(({ anomaly_score }) => anomaly_score > 0)).toBe(true);
    expect(found.findIndex(({ label }) => label === 1)).toBe(500);
  });

  it.each(['joint-change', 'joint-forest'])('scores all metrics of a pipeline together (%s)', async (detector) => {
    const rows = Array.from({ length: 560 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 2, 2, 9) + i * 60_000).toISOString();
      const metrics = [0, 1, 2, 3].map((one) => (i < 500 ? 100 + ((i * 7) % (5 + one)) : 300));
      return `${time},${metrics.join(',')}`;
    });
    writeFileSync(join(folder.path, 'metrics_shop.csv'), `timestamp,a,b,c,d\n${rows.join('\n')}\n`);
    const { code, stdout } = await run('--detector', detector, '--format', 'json');
    const found = JSON.parse(stdout) as readonly { series: string; value: number | null; label: number }[];
    expect(code).toBe(0);
    expect(found).toHaveLength(560);
    expect(found[0]).toMatchObject({ series: `shop/${detector}`, value: null });
    expect(found.findIndex(({ label }) => label === 1)).toBe(500);
  });

  it('scores with the parameters of the configuration', async () => {
    const at60 = async () => (await run('--detector', 'zscore')).stdout.trim().split('\n')[61]!.split(',')[3];
    const before = await at60();
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'analysis: {detectors: {zscore: {limit: 30}}}\n');
    expect(Number(await at60())).toBeLessThan(Number(before));
  });

  it('says that a series is too short to train on', async () => {
    const { code, stderr } = await run('--detector', 'lstm');
    expect([code, stderr]).toEqual([
      0,
      'rollwatch: shop/response_time is too short to train on: its first half has 50 samples, 240 are needed; not scored\n',
    ]);
  });

  it.each([
    ['timestamp,response_time\n', 'there is nothing below its header line'],
    ['', 'it is empty'],
    ['timestamp\n2026-03-02T09:00:00Z\n', 'and a metric before the first row'],
  ])('says what is missing in %j', async (text, why) => {
    writeFileSync(join(folder.path, 'metrics_shop.csv'), text);
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  it('says how many rows joint-change needs', async () => {
    const { code, stderr } = await run('--detector', 'joint-change');
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain('at least 480 rows of shop');
  });

  it('names the known detectors for an unknown one', async () => {
    const { code, stderr } = await run('--detector', 'magic');
    expect(code).toBe(2);
    expect(stderr).toContain('half-space-trees, lstm, ensemble');
  });
});
