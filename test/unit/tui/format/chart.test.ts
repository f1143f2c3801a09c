import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRICS, NOW_MS, chart } from '../../../fakes/snapshots.ts';
import type { ChartView } from '../../../../src/core/session/snapshot.ts';
import { chartLines } from '../../../../src/tui/format/chart.ts';
import { chartSpanMs, usualZoom } from '../../../../src/tui/format/chart-span.ts';
import { scaleOf, tickLabels } from '../../../../src/tui/format/chart-scale.ts';
import { lineWidth, plainText } from '../../../../src/tui/format/line.ts';

function of(values: readonly (number | null)[], change: Partial<ChartView> = {}): ChartView {
  const atMs = values.map((_, index) => NOW_MS - (values.length - 1 - index) * 10_000);
  return { spec: METRICS.rt, atMs, values, flags: values.map(() => 0), limit: null, markers: [], ...change };
}

function drawn(view: ChartView, columns = 40, rows = 10): readonly string[] {
  return chartLines(view, columns, rows, chartSpanMs(view, 0)).map(plainText);
}

describe('the chart', () => {
  it('shows limit, deployment, anomalies and real times', () => {
    const lines = drawn(chart(), 70, 16);
    expect(lines.join('\n')).toContain(' limit 600 ');
    expect(lines.join('\n')).toContain('▲');
    expect(lines.at(-1)).toMatch(/└13:06─+.*now$/);
    expect(chartLines(chart(), 70, 16, chartSpanMs(chart(), null)).map(plainText).at(-1)).toContain('┃deploy v412');
  });

  it('leaves gaps blank', () => {
    const values = Array.from({ length: 64 }, (_, index) => (index > 20 && index < 40 ? null : 100));
    const line = drawn(of(values), 72, 8).find((each) => each.includes('──'));
    expect(line).toMatch(/─ {15,}─/);
  });

  it('draws a single sample, a flat line and zeros', () => {
    for (const values of [[5], [5, 5, 5], [0, 0, 0]]) expect(drawn(of(values)).join('')).toContain('─');
  });

  it('says that there is nothing to draw', () => {
    expect(drawn(of([null, null]))[0]).toBe('no value in this span');
  });

  it('never averages a peak away', () => {
    const values = Array.from({ length: 900 }, (_, index) => (index === 450 ? 1000 : 10));
    expect(drawn(of(values), 40, 10)[0]).toMatch(/1000 ┤ *[╭─╮]/);
  });

  it('has exactly its lines and columns, whatever the values', () => {
    const value = fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { nil: null });
    const sizes = fc.record({ columns: fc.integer({ min: 24, max: 120 }), rows: fc.integer({ min: 4, max: 40 }) });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        sizes,
        fc.option(fc.double({ noNaN: true, min: -100, max: 1000 }), { nil: null }),
        (values, { columns, rows }, limit) => {
          const lines = chartLines(of(values, { limit }), columns, rows, chartSpanMs(of(values), 0));
          expect(lines).toHaveLength(rows);
          for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe('its scale', () => {
  it('ends on round numbers and takes the limit in where it is near', () => {
    expect(scaleOf(of([], { limit: 600 }), [140, 912], 20)).toMatchObject({ low: 0, high: 1000 });
    expect(scaleOf(of([], { limit: 600 }), [10, 20], 20)?.high).toBeLessThan(100);
    expect(scaleOf(of([]), [null], 20)).toBeNull();
  });
});

describe('the labels of its axis', () => {
  it.each([
    [[0, 0.05, 0.1, 0.15], 'percent', ['0.00', '0.05', '0.10', '0.15']],
    [[0, 200, 400], 'ms', ['0', '200', '400']],
    [[0.001, 0.0015, 0.002], 'ratio', ['0.001', '0.0015', '0.002']],
    [[12_400, 12_420, 12_440], 'count', ['12400', '12420', '12440']],
    [[2 ** 40, 2 ** 40 + 1], 'bytes', ['1T', '1T']],
  ] as const)('tells %j apart', (ticks, unit, labels) => {
    expect(tickLabels({ low: ticks[0], high: ticks.at(-1)!, ticks }, unit, 6)).toEqual(labels);
  });
});

describe('its span', () => {
  it('starts with the deployment in the middle', () => {
    const zoom = usualZoom(chart());
    expect(chartSpanMs(chart(), null)).toBe(chartSpanMs(chart(), zoom));
    expect(chartSpanMs(chart(), null)).toBeLessThan(25 * 60_000);
    expect(usualZoom(of([1, 2, 3]))).toBe(0);
  });
});
