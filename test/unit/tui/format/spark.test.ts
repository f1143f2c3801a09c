import { describe, expect, it } from 'vitest';
import { METRICS, spark } from '../../../fakes/snapshots.ts';
import { lineWidth, plainText } from '../../../../src/tui/format/line.ts';
import { sparkFlag, sparkline } from '../../../../src/tui/format/spark.ts';

function drawn(values: readonly (number | null)[], columns: number): string {
  return plainText(sparkline(spark(METRICS.err, values), columns));
}

describe('a sparkline', () => {
  it('leaves noise far below the limit flat', () => {
    expect(drawn([0.1, 0.12, 0.08, 0.11], 4)).toBe('▁▁▁▁');
    expect(drawn([0, 1, 2], 3)).toBe('▁▅█');
  });

  it('keeps the shape of a series beyond its limit, and of a steady one', () => {
    const cpu = (values: readonly number[]): string => plainText(sparkline(spark(METRICS.cpu, values), values.length));
    expect(cpu([95, 97, 94, 98])).toBe('▇█▇█');
    expect(cpu([30, 31, 29, 30])).toBe('▃▃▂▃');
    expect(cpu([50, 55, 60, 65, 71])).toBe('▂▃▅▆█');
  });

  it('stands the higher the nearer a steady series is to its limit', () => {
    expect([0.2, 1, 1.9].map((level) => drawn([level, level], 2))).toEqual(['▁▁', '▄▄', '▇▇']);
  });

  it('shows gaps and what is not there yet', () => {
    expect(drawn([2, null, 2], 5)).toBe('  ▇·▇');
    expect(drawn([], 5)).toBe('·····');
  });

  it('keeps the worst of each few where there are too many', () => {
    expect(drawn([0, 0, 0, 2, 0, 0], 3)).toBe('▁█▁');
  });

  it('colours what was anomalous', () => {
    const line = sparkline(spark(METRICS.err, [0.1, 5]), 2);
    expect(line.map((part) => part.tone)).toEqual(['muted', 'bad']);
  });

  it.each([1, 5, 13, 32, 40])('takes exactly %i columns', (columns) => {
    for (const count of [0, 1, 7, 32]) {
      const values = Array.from({ length: count }, (_, index) => index);
      expect(lineWidth(sparkline(spark(METRICS.cpu, values), columns))).toBe(columns);
    }
  });
});

it('flags the newest sample in its direction', () => {
  expect(sparkFlag(spark(METRICS.err, [0, 5]))).toBe('▲');
  expect(sparkFlag(spark(METRICS.err, [5, 0]))).toBe(' ');
  expect(sparkFlag({ ...spark(METRICS.orders, [90, 41]), flags: [0, 1] })).toBe('▼');
});
