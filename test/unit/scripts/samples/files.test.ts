import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../../../scripts/samples/files.ts';
import { SAMPLE_FLEET } from '../../../../scripts/samples/fleet.ts';
import { DEFAULT_ANALYSIS, DEFAULT_POLICY } from '../../../../src/config/defaults.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import { specOf } from '../../../../src/core/series/metric-spec.ts';
import { markedDeployment, rowBatch } from '../../../fakes/row-batch.ts';
import { SAMPLE_START_MS } from '../../../../scripts/samples/pipeline-sample.ts';

const FOLDER = path.join(import.meta.dirname, '../../../../monitor_logs');
const LIMITS: Readonly<Record<string, number>> = { cpu_usage: 90, memory_usage: 90, response_time: 600, error_rate: 2 };
const made = sampleFiles();
/** The configuration that watches the samples, and the command it names. */
const WRITTEN_BY_HAND = ['roll-back', 'rollwatch.yaml'];

interface Row {
  readonly atMs: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Reads a shipped CSV as anyone would: header, commas, ISO times. */
function rowsOf(pipeline: string): Row[] {
  const [header, ...lines] = readFileSync(path.join(FOLDER, `metrics_${pipeline}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = header!.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    expect(fields.length).toBe(columns.length);
    return {
      atMs: Date.parse(fields[0]!),
      values: Object.fromEntries(columns.slice(1).map((name, index) => [name, Number(fields[index + 1])])),
    };
  });
}

function isBad(row: Row): boolean {
  return Object.entries(LIMITS).some(([name, limit]) => row.values[name]! > limit);
}

function deployedMs(pipeline: string): number {
  return SAMPLE_START_MS + SAMPLE_FLEET.find((one) => one.pipeline === pipeline)!.deployment!.atMinute * 60_000;
}

describe('the shipped samples', () => {
  it('are byte for byte what the generator makes, and nothing else is there', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...made.keys(), ...WRITTEN_BY_HAND].sort());
    for (const [name, text] of made) {
      expect(readFileSync(path.join(FOLDER, name), 'utf8') === text, `${name}: run node scripts/make-samples.ts`).toBe(
        true,
      );
    }
  });

  it('stay small', () => {
    expect([...made.values()].reduce((sum, text) => sum + text.length, 0)).toBeLessThan(3_000_000);
  });

  it('show pipe-xyz123 without a single value over a threshold', () => {
    const rows = rowsOf('pipe-xyz123');
    expect(rows.length).toBe(900);
    expect(rows.filter(isBad)).toEqual([]);
    expect(rows.some((row) => row.values['error_rate']! > 1)).toBe(true);
  });

  it('show pipe-risky456 quiet before its deployment and lastingly bad soon after it', () => {
    const rows = rowsOf('pipe-risky456');
    const at = deployedMs('pipe-risky456');
    expect(rows.filter((row) => row.atMs < at && isBad(row))).toEqual([]);
    expect(rows.filter((row) => row.atMs > at + 5 * 60_000).every(isBad)).toBe(true);
  });

  it('show batch-report bad before it was deployed and after', () => {
    const rows = rowsOf('batch-report');
    const at = deployedMs('batch-report');
    expect(rows.filter((row) => row.atMs >= at - 30 * 60_000 && row.atMs < at).every(isBad)).toBe(true);
    expect(rows.filter((row) => row.atMs > at).every(isBad)).toBe(true);
  });

  it('show orders losing its orders while the machine is well', () => {
    const rows = rowsOf('orders');
    const at = deployedMs('orders');
    const mean = (some: readonly Row[]): number =>
      some.reduce((sum, row) => sum + row.values['orders_per_minute']!, 0) / some.length;
    expect(rows.filter(isBad)).toEqual([]);
    const after = mean(rows.filter((row) => row.atMs > at + 10 * 60_000));
    expect(after).toBeLessThan(0.6 * mean(rows.filter((row) => row.atMs < at)));
  });

  it('show a pipeline with more than fifty metrics, JSON lines, logfmt, a finished analysis and one without a deployment', () => {
    expect(Object.keys(rowsOf('checkout')[0]!.values).length).toBeGreaterThan(50);
    expect([...made.keys()]).toEqual(
      expect.arrayContaining(['metrics_search.jsonl', 'metrics_payments.logfmt', 'deployments.jsonl']),
    );
    const catalog = rowsOf('catalog');
    expect(catalog.at(-1)!.atMs - deployedMs('catalog')).toBeGreaterThan(2 * 3_600_000);
    expect(deployedMs('catalog') - catalog[0]!.atMs).toBeGreaterThanOrEqual(3_600_000);
    const marked = made
      .get('deployments.jsonl')!
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).pipeline as string);
    expect(SAMPLE_FLEET.map((one) => one.pipeline).filter((name) => !marked.includes(name))).toEqual(['notifications']);
    expect(new Set(marked).size).toBe(marked.length);
  });

  const verdicts: Readonly<Record<string, readonly [phase: string, reason: string]>> = {
    'pipe-xyz123': ['Running', 'watching'],
    'pipe-risky456': ['Failed', 'anomaly'],
    checkout: ['Failed', 'anomaly'],
    catalog: ['Successful', 'watching'],
    search: ['Running', 'watching'],
    payments: ['Running', 'watching'],
    'batch-report': ['Running', 'bad-before'],
    recommendations: ['Running', 'watching'],
    orders: ['Failed', 'anomaly'],
    'image-resizer': ['Running', 'watching'],
    notifications: ['Successful', 'no-baseline'],
  };
  it.each(SAMPLE_FLEET.map((sample) => [sample.pipeline, sample] as const))(
    'are judged as meant: %s',
    (name, sample) => {
      const settings = { pipeline: name, analysis: DEFAULT_ANALYSIS, policy: DEFAULT_POLICY, metrics: specOf };
      const judge = new PipelineJudge(settings, { replayed: false, historyRows: 5000 });
      const markers = made.get('deployments.jsonl')!.trimEnd().split('\n');
      const own = markers.find((line) => JSON.parse(line).pipeline === name);
      if (own !== undefined) judge.announce(markedDeployment(own));
      const extension = sample.format.extension;
      const nowMs = SAMPLE_START_MS + 30 * 86_400_000;
      judge.take(rowBatch(made.get(`metrics_${name}.${extension}`)!, extension, sample.metrics), nowMs, 'backfill');
      judge.settle(nowMs);
      const { phase, reason, freshness } = judge.verdict(nowMs);
      expect([phase, reason, freshness]).toEqual([...verdicts[name]!, 'recorded']);
    },
  );
});
