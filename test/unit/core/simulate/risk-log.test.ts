import { describe, expect, it } from 'vitest';
import { createRiskLog } from '../../../../src/core/simulate/risk-log.ts';
import type { RiskLevel } from '../../../../src/core/simulate/risk-level.ts';

const LIMITS: Readonly<Record<string, number>> = {
  cpu_usage: 90,
  memory_usage: 90,
  response_time: 600,
  error_rate: 2,
};
const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const START_MS = 1_772_442_000_000;

function columnsOf(risk: RiskLevel, seed: number, minutes: number, intervalMs: number, startMs = START_MS) {
  const rowCount = Math.floor((minutes * 60_000) / intervalMs);
  const log = createRiskLog({ pipeline: 'pipe-a', risk, rowCount, intervalMs, startMs, seed });
  const rows = [...log.rows];
  return { log, rows, column: (name: string) => rows.map((row) => row.values[log.columns.indexOf(name)]!) };
}

/** The seed's rule: any value above its threshold. Returns for each row whether it breaks one. */
function overThreshold(log: ReturnType<typeof columnsOf>): boolean[] {
  return log.rows.map((row) => log.log.columns.some((name, index) => row.values[index]! > LIMITS[name]!));
}

/** The seed's other rule: two-sided z-score over the whole column, ddof 1; the largest |z|. */
function largestZ(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.max(...values.map((value) => Math.abs(value - mean) / Math.sqrt(variance)));
}

function longestRun(flags: readonly boolean[]): number {
  let longest = 0;
  let run = 0;
  for (const flag of flags) {
    run = flag ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

describe.each(SEEDS)('seed %i', (seed) => {
  const startMs = START_MS + seed * 3 * 3_600_000; // every hour of the day and every day of the week

  it('low stays below every threshold', () => {
    expect(overThreshold(columnsOf('low', seed, 120, 10_000, startMs))).not.toContain(true);
  });

  it('medium crosses thresholds, briefly', () => {
    const flags = overThreshold(columnsOf('medium', seed, 120, 10_000, startMs));
    const share = flags.filter(Boolean).length / flags.length;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.05);
    expect(longestRun(flags)).toBeLessThan(3);
  });

  it('high is bad by threshold and by z-score, and lasts', () => {
    const log = columnsOf('high', seed, 120, 10_000, startMs);
    const flags = overThreshold(log);
    expect(longestRun(flags)).toBeGreaterThanOrEqual(30);
    expect(flags.indexOf(true) * 10_000 + startMs).toBeGreaterThanOrEqual(log.log.firstBadMs!);
    expect(largestZ(log.column('error_rate'))).toBeGreaterThan(2);
  });

  it('high is bad in a short log of few rows, too', () => {
    const log = columnsOf('high', seed, 5, 10_000, startMs);
    expect(overThreshold(log)).toContain(true);
    expect(largestZ(log.column('error_rate'))).toBeGreaterThan(2);
  });
});

describe('a risk log', () => {
  it('is the same for the same spec and another for another seed or pipeline', () => {
    const spec = { pipeline: 'pipe-a', risk: 'high', rowCount: 60, intervalMs: 10_000, startMs: START_MS } as const;
    const rows = (seed: number, pipeline: string) =>
      JSON.stringify([...createRiskLog({ ...spec, seed, pipeline }).rows]);
    expect(rows(1, 'pipe-a')).toBe(rows(1, 'pipe-a'));
    expect(rows(1, 'pipe-a')).not.toBe(rows(2, 'pipe-a'));
    expect(rows(1, 'pipe-a')).not.toBe(rows(1, 'pipe-b'));
  });

  it('has percentages between 0 and 100 and its rows at the interval', () => {
    const { rows, column } = columnsOf('high', 3, 60, 5_000);
    expect(rows.length).toBe(720);
    expect(rows.every((row, index) => row.atMs === START_MS + index * 5_000)).toBe(true);
    for (const name of ['cpu_usage', 'memory_usage', 'error_rate']) {
      expect(Math.min(...column(name))).toBeGreaterThan(0);
      expect(Math.max(...column(name))).toBeLessThanOrEqual(100);
    }
  });

  it('reads as percent: a quiet error rate goes above 1, so that no unit is guessed', () => {
    expect(Math.max(...columnsOf('low', 5, 60, 10_000).column('error_rate'))).toBeGreaterThan(1);
  });
});
