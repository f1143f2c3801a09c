import { describe, expect, it } from 'vitest';
import { METRICS, deployment, fleetOfSix, pipeline, spark } from '../../../fakes/snapshots.ts';
import { fleetColumns, sharedMetrics } from '../../../../src/tui/views/fleet-columns.ts';

const mixed = [...fleetOfSix(), pipeline('big', { metricCount: 54 })];

function kinds(columns: number, fleet = fleetOfSix()): readonly string[] {
  return fleetColumns(columns, fleet).map((column) => column.kind);
}

describe('the columns of the fleet', () => {
  it('shrink with the terminal to what matters most', () => {
    const plain = ['mark', 'name', 'environment', 'version', 'age', 'health', 'risk'];
    expect(kinds(200, mixed)).toEqual([...plain, 'spark', 'spark', 'spark', 'spark', 'verdict']);
    expect(kinds(120, mixed)).toEqual([...plain, 'spark', 'verdict']);
    expect(kinds(80)).toEqual(['mark', 'name', 'version', 'health', 'risk', 'spark', 'verdict']);
    expect(kinds(59)).toEqual(['mark', 'name', 'verdict']);
  });

  it('fit into any terminal, whatever the fleet', () => {
    const long = pipeline('a-name-that-is-longer-than-any-terminal-would-want-to-show', {
      environment: 'production-europe-west-1',
      deployment: deployment('x', 'v20260302.1-rc.4+build.77', 'v20260301.9-rc.1+build.12', 5),
      metricCount: 54,
    });
    for (const fleet of [fleetOfSix(), [...fleetOfSix(), long], [{ ...long, metricCount: 4 }], []]) {
      for (let columns = 40; columns <= 300; columns += 1) {
        const used = fleetColumns(columns, fleet).reduce((sum, column) => sum + column.width + 1, 0);
        expect(used, `${columns} columns`).toBeLessThanOrEqual(columns);
      }
    }
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
