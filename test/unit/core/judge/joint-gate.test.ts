import { describe, expect, it } from 'vitest';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { AnalysisSettings } from '../../../../src/core/model/policy.ts';
import type { RowBatch } from '../../../../src/core/model/sample.ts';
import { SeededUniform } from '../../../../src/core/stats/seeded-uniform.ts';
import { deployment, rows, settings, T0 } from '../../../builders/judging.ts';

const METRICS = 24;
const MINUTE_MS = 60_000;
const BEFORE = 1440;
const AFTER = 119;

/** Gauges of a real machine: quiet, but every one of them jumps for ten minutes now and then; from `badFrom` on some are off. */
function machine(broken: number, seed = 1): Record<string, readonly number[]> {
  const random = new SeededUniform(seed);
  return Object.fromEntries(
    Array.from({ length: METRICS }, (_, metric) => {
      let left = 0;
      const values = Array.from({ length: BEFORE + AFTER }, (_unused, i) => {
        left = random.next() < 0.001 ? 10 : left - 1;
        const jump = left > 0 ? 12 + 10 * random.next() : 0;
        const off = metric < broken && i > BEFORE + 20 ? 25 : 0;
        return 100 + 2 * (random.next() + random.next() - 1) + jump + off;
      });
      return [`gauge_${metric}`, values];
    }),
  );
}

function judged(columns: Record<string, readonly number[]>, analysis: Partial<AnalysisSettings> = {}): PipelineJudge {
  const judge = new PipelineJudge(settings({ analysis }), { replayed: false, historyRows: 8000 });
  judge.announce(deployment());
  judge.take(batchOf(columns), T0 + AFTER * MINUTE_MS, 'backfill');
  return judge;
}

function batchOf(columns: Record<string, readonly number[]>): RowBatch {
  return rows(columns, T0 - BEFORE * MINUTE_MS, MINUTE_MS);
}

const wasBlamed = ({ failure }: PipelineJudge): boolean => failure.failedFromMs !== null;
/** Metrics that are objectives are judged by themselves: what it would be without. */
const apart = { objectives: Object.fromEntries(Object.keys(machine(0)).map((name) => [name, 50])) };

describe('many metrics', () => {
  it('that each jump now and then are not blamed on a deployment, which they are one by one', () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const count = (analysis: Partial<AnalysisSettings>): number =>
      seeds.filter((seed) => wasBlamed(judged(machine(0, seed), analysis))).length;
    expect(count(apart)).toBeGreaterThan(2);
    expect(count({})).toBe(0);
  });

  it('of which a quarter shifts fail it, with those that shifted as evidence', () => {
    const judge = judged(machine(6));
    const verdict = judge.verdict(T0 + AFTER * MINUTE_MS);
    expect(verdict).toMatchObject({ phase: 'Failed', reason: 'anomaly' });
    const shifted = new Set(Array.from({ length: 6 }, (_, i) => `gauge_${i}`));
    expect(verdict.evidence.filter(({ metric }) => shifted.has(metric)).length).toBeGreaterThan(3);
  });

  it('cannot hide one that counts by itself: with a limit, of the business, or a key objective', () => {
    const after = (quiet: number, bad: number): readonly number[] =>
      Array.from({ length: BEFORE + AFTER }, (_, i) => (i > BEFORE + 20 ? bad : quiet) * (1 + 0.01 * Math.sin(i)));
    expect(wasBlamed(judged({ ...machine(0), response_time: after(100, 300) }))).toBe(true);
    expect(wasBlamed(judged({ ...machine(0), orders_per_minute: after(80, 20) }))).toBe(true);
    const objectives = { queue_depth: 50 };
    expect(wasBlamed(judged({ ...machine(0), queue_depth: after(10, 30) }, { objectives }))).toBe(true);
  });

  it('say the same when the deployment is announced after its samples', () => {
    const late = new PipelineJudge(settings(), { replayed: false, historyRows: 8000 });
    const endMs = T0 + AFTER * MINUTE_MS;
    late.take(batchOf(machine(6)), endMs, 'backfill');
    late.announce(deployment());
    expect(late.verdict(endMs)).toEqual(judged(machine(6)).verdict(endMs));
  });
});
