import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../fakes/cli-context.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const run = (...argv: readonly string[]) => runCommand({ cwd: folder.path }, 'compare', ...argv);
const main = join(import.meta.dirname, '../../../../src/main.ts');

/** The command as its own process, with something on stdin. */
function piped(document: unknown, ...argv: readonly string[]): { readonly code: number | null; readonly out: string } {
  const input = typeof document === 'string' ? document : JSON.stringify(document);
  const options = { input, encoding: 'utf8', cwd: folder.path, env: { HOME: folder.path, PATH: '' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'compare', ...argv], options);
  return { code: status, out: stdout + stderr };
}

/** A log of 40 rows: errors and latency around the values given, an order rate, and a metric that only sometimes is there. */
function log(name: string, errors: number, latency: number, orders = 50): void {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const wobble = ((i * 7) % 11) / 10;
    const time = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
    return `${time},${errors + wobble / 5},${latency + wobble * 10},${orders + wobble * 3},${i * 100}`;
  });
  const header = 'timestamp,error_rate,response_time,orders_per_minute,requests_total';
  writeFileSync(join(folder.path, name), `${header}\n${rows.join('\n')}\n`);
}

describe('rollwatch compare with two logs', () => {
  beforeEach(() => {
    log('old.csv', 0.5, 120);
    log('same.csv', 0.52, 121);
    log('worse.csv', 3, 180);
    log('better.csv', 0.1, 60, 90);
  });
  const logs = (experiment: string): readonly string[] => ['--control', 'old.csv', '--experiment', experiment];

  it('passes what is the same, and what is better', async () => {
    const { code, stdout } = await run(...logs('same.csv'));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Pass  score 100 of 100: weighted share of passing metrics\ngroup  technical 100, weight 50 %',
    );
    expect(stdout).not.toContain('requests_total');
    expect((await run(...logs('better.csv'))).code).toBe(0);
  });

  it('fails what is worse, with each metric and why', async () => {
    const { code, stdout } = await run(...logs('worse.csv'), '--json');
    expect(code).toBe(10);
    const report = JSON.parse(stdout) as { metrics: readonly { name: string }[] };
    expect(report).toMatchObject({ schemaVersion: 1, judge: 'default', classification: 'Fail', score: 50 });
    expect(report.metrics).toMatchObject([
      { name: 'error_rate', classification: 'High', groups: ['technical'], pValue: expect.any(Number) },
      { name: 'response_time', classification: 'High' },
      { name: 'orders_per_minute', classification: 'Pass', groups: ['business'] },
    ]);
  });

  it('weighs groups and knows pass and marginal', async () => {
    const weights = ['--weights', 'business=80', 'technical=20'];
    const marginal = await run(...logs('worse.csv'), ...weights);
    expect({ code: marginal.code, first: marginal.stdout.split('  ')[0] }).toEqual({ code: 11, first: 'Marginal' });
    expect((await run(...logs('worse.csv'), ...weights, '--pass', '80')).code).toBe(0);
    const critical = await run(...logs('worse.csv'), ...weights, '--pass', '80', '--critical', 'error_rate');
    expect(critical.stdout).toContain('Fail  score 0 of 100: critical: error_rate');
  });

  it('judges by one metric, and by another judge', async () => {
    expect((await run(...logs('worse.csv'), '--metric', 'orders_per_minute')).code).toBe(0);
    expect((await run(...logs('same.csv'), '--judge', 'means')).code).toBe(10);
    expect((await run(...logs('same.csv'), '--judge', 'kayenta')).code).toBe(0);
  });

  it.each([
    [['--control', 'old.csv'], /belong together/],
    [['--control', 'old.csv', '--experiment', 'none.csv'], /Expected the metric log .*none\.csv; it is not there/],
    [
      [...logs('same.csv'), '--metric', 'latency'],
      /Neither log has the metric latency; there are error_rate, response_time/,
    ],
    [[...logs('same.csv'), '--judge', 'mine'], /Allowed choices are default, kayenta, means/],
    [[...logs('same.csv'), '--pass', '50', '--marginal', '60'], /--marginal is above --pass/],
    [[...logs('same.csv'), '--weights', 'technical'], /Expected group=percent/],
    [[...logs('same.csv'), '--weights', 'techncal=60'], /No metric is in the group techncal .*; there are technical, /],
    [[...logs('same.csv'), '--weights', 'technical=90', 'business=40'], /100 percent together; they are 130/],
    [[...logs('same.csv'), '--weights', 'technical=50', 'business=40'], /100 percent together; they are 90/],
    [[...logs('same.csv'), '--pass', '170'], /--pass 170 is above 100/],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('rollwatch compare with JSON on stdin', () => {
  it('answers in the documented form', () => {
    const { code, out } = piped({ control: [0, 0, 0, 0, 0, 0], experiment: [0, 1, 2, 1, 0, 0] }, '--json');
    expect(code).toBe(10);
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      classification: 'High',
      critical: false,
      deviation: null,
      estimate: expect.closeTo(0.667, 3),
      ci: { low: expect.any(Number), high: expect.any(Number) },
      pValue: expect.closeTo(0.0909, 4),
      reason: '3 of 6 samples above 0, which the control never left',
    });
  });

  it("takes Kayenta's parameters, its judge and missing samples", () => {
    const sparse = { control: ['NaN', null, 0, 0, 0], experiment: [1, 4, 2, 3, 1], nanStrategy: 'replace' };
    expect(piped(sparse, '--judge', 'kayenta').out).toMatch(/^High: /);
    const lenient = { ...sparse, params: { direction: 'decrease' } };
    expect(piped(lenient).code).toBe(0);
    expect(piped({ control: [], experiment: [1], isCriticalMetric: true }, '--json')).toMatchObject({ code: 10 });
    expect(piped({ control: [], experiment: [1] })).toMatchObject({ code: 11 });
  });

  it('names a key that is nearly a known one, and lets others stand', () => {
    const input = { control: [1, 2, 3], experiment: [1, 2, 3] };
    expect(piped({ ...input, isCriticalMetrc: true }).code).toBe(2);
    expect(piped({ ...input, source: 'case 7', expected: 'Pass' }).code).toBe(0);
  });

  it('scores several metrics together', () => {
    const metrics = [
      { name: 'errors', groups: ['technical'], control: [0, 0, 0, 0], experiment: [1, 2, 3, 4] },
      { name: 'orders', groups: ['business'], control: [5, 6, 5, 6], experiment: [6, 5, 6, 5] },
    ];
    const { code, out } = piped(
      { metrics, groupWeights: { business: 70 }, scoreThresholds: { pass: 70, marginal: 50 } },
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      classification: 'Pass',
      score: 70,
      metrics: [{ name: 'errors' }, { name: 'orders' }],
    });
    expect(code).toBe(0);
  });

  it.each([
    ['not json', /Expected JSON on stdin/],
    ['', /Expected --control and --experiment, or JSON on stdin: .*; nothing came/],
    [{ control: [1] }, /JSON on stdin: experiment: /],
    [{ control: [1], experiment: ['a'] }, /JSON on stdin: experiment\.0: expected a number, null or "NaN", found "a"/],
    [{ control: [1], experiment: [2], params: { tolerence: 1 } }, /JSON on stdin: params: .*tolerence/],
  ])('refuses %j', (document, message) => {
    const { code, out } = piped(document);
    expect(out).toMatch(message);
    expect(code).toBe(2);
  });
});
