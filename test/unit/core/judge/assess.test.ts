import { describe, expect, it } from 'vitest';
import { assessRows } from '../../../../src/core/judge/assess.ts';
import { specOf } from '../../../../src/core/series/metric-spec.ts';

const START = Date.UTC(2026, 0, 1);

function batchOf(columns: readonly string[], rows: readonly (readonly number[])[]) {
  return {
    labels: {},
    columns,
    rowCount: rows.length,
    atMs: Float64Array.from(rows, (_, i) => START + i * 60_000),
    values: Float64Array.from(rows.flat()),
  };
}

describe('assessRows', () => {
  it('counts values strictly beyond the limits of the seed', () => {
    const batch = batchOf(
      ['cpu_usage', 'error_rate'],
      [
        [90, 0.1],
        [90.1, 2],
        [97, 2.5],
        [Number.NaN, 9],
      ],
    );
    expect(assessRows(batch, specOf, 'threshold', 2)).toEqual({
      detected: true,
      method: 'threshold',
      metrics: [
        { metric: 'cpu_usage', count: 2, first: '2026-01-01T00:01:00.000Z', worst: 97, threshold: 90 },
        { metric: 'error_rate', count: 2, first: '2026-01-01T00:02:00.000Z', worst: 9, threshold: 2 },
      ],
    });
  });

  it('takes the z-score of the whole column, two-sided, with n − 1', () => {
    const quiet = Array.from({ length: 20 }, (_, i) => 100 + (i % 2));
    const values = [...quiet, 40];
    const batch = batchOf(
      ['queue_free'],
      values.map((value) => [value]),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / 21;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20);
    const assessment = assessRows(batch, specOf, 'zscore', 2);
    expect(assessment.metrics).toHaveLength(1);
    expect(assessment.metrics[0]).toMatchObject({ count: 1, first: '2026-01-01T00:20:00.000Z', threshold: 2 });
    expect(assessment.metrics[0]?.worst).toBeCloseTo((mean - 40) / deviation, 10);
  });

  it('finds nothing in a constant column, a single row or no rows', () => {
    const constant = batchOf(
      ['cpu_usage'],
      Array.from({ length: 50 }, () => [0.1]),
    );
    expect(assessRows(constant, specOf, 'zscore', 2).detected).toBe(false);
    expect(assessRows(batchOf(['cpu_usage'], [[1e6]]), specOf, 'zscore', 2).detected).toBe(false);
    expect(assessRows(batchOf(['cpu_usage'], []), specOf, 'threshold', 2)).toEqual({
      detected: false,
      method: 'threshold',
      metrics: [],
    });
  });
});
