import { describe, expect, it } from 'vitest';
import { METRICS, fleetOfSix, pipeline, spark } from '../../../fakes/snapshots.ts';
import { fleetColumns, sharedMetrics } from '../../../../src/tui/views/fleet-columns.ts';

const mixed = [...fleetOfSix(), pipeline('big', { metricCount: 54 })];

function kinds(columns: number, fleet = fleetOfSix()): readonly string[] {
  return fleetColumns(columns, fleet).map((column) => column.kind);
}

describe('the columns of the fleet', () => {
  it('shrink with the terminal to what matters most', () => {
    const plain = ['mark', 'name', 'environment', 'version', 'age', 'health', 'risk'];
    expect(kinds(200, mixed)).toEqual([...plain, 'spark', 'spark', 'spark', 'spark', 'verdict']);
    expect(kinds(120, mixed)).toEqual([...plain, 'spark', 'spark', 'verdict']);
    expect(kinds(80)).toEqual(['mark', 'name', 'version', 'health', 'risk', 'spark', 'verdict']);
    expect(kinds(59)).toEqual(['mark', 'name', 'verdict']);
  });

  it.each([40, 59, 60, 72, 80, 96, 109, 110, 120, 149, 150, 200, 300])('fit into %i columns', (columns) => {
    const long = [...fleetOfSix(), pipeline('a-name-that-is-longer-than-any-terminal-would-want-to-show-in-a-table')];
    const used = fleetColumns(columns, long).reduce((sum, column) => sum + column.width + 1, 0);
    expect(used).toBeLessThanOrEqual(columns);
  });

  it('are the same for every slice of the fleet', () => {
    expect(fleetColumns(120, fleetOfSix())).toEqual(fleetColumns(120, [...fleetOfSix()].reverse()));
  });
});

describe('a column for each metric', () => {
  it('is there where all pipelines have the same few, in the usual order', () => {
    const specs = fleetColumns(120, fleetOfSix()).flatMap((column) =>
      column.kind === 'metric' ? [column.spec.name] : [],
    );
    expect(specs).toEqual(['cpu_usage', 'memory_usage', 'response_time', 'error_rate']);
  });

  it('is not put off by a pipeline that has not reported yet', () => {
    const silent = pipeline('silent', { sparks: [], metricCount: 0 });
    expect(sharedMetrics([silent, ...fleetOfSix()])).toHaveLength(4);
  });

  it('is not there where one of them has others', () => {
    const odd = pipeline('odd', { sparks: [spark(METRICS.orders, [1])] });
    expect(sharedMetrics([...fleetOfSix(), odd])).toBeNull();
    expect(sharedMetrics(mixed)).toBeNull();
  });
});
