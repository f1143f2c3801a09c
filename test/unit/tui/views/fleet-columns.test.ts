import { describe, expect, it } from 'vitest';
import { METRICS, fleetOfSix, pipeline, spark } from '../../../fakes/snapshots.ts';
import { commonMetrics, fleetColumns } from '../../../../src/tui/views/fleet-columns.ts';

function kinds(columns: number): readonly string[] {
  return fleetColumns(columns, fleetOfSix()).map((column) => column.kind);
}

describe('the columns of the fleet', () => {
  it('shrink with the terminal to what matters most', () => {
    const metrics = ['metric', 'metric', 'metric', 'metric'];
    expect(kinds(120)).toEqual([
      'mark',
      'name',
      'environment',
      'version',
      'age',
      'health',
      'risk',
      ...metrics,
      'verdict',
    ]);
    expect(kinds(80)).toEqual(['mark', 'name', 'version', 'health', 'risk', 'worst', 'verdict']);
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

it('chooses the metrics most pipelines have, the usual ones in their order', () => {
  const odd = pipeline('odd', { sparks: [spark(METRICS.orders, [1]), spark(METRICS.err, [1])] });
  const names = commonMetrics([odd, ...fleetOfSix()], 4).map((spec) => spec.name);
  expect(names).toEqual(['cpu_usage', 'memory_usage', 'response_time', 'error_rate']);
});
