import { expect, it } from 'vitest';
import { metricsByBlame, sparksOf } from '../../../../src/app/engine/sparks.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const BEFORE = 360;
const AFTER = 30;

/** Metrics in the order of the file; those in `bad` break right after the deployment. */
function shown(names: readonly string[], bad: readonly string[]): readonly string[] {
  const judge = new PipelineJudge(settings(), { replayed: false, historyRows: 2000 });
  const columns = names.map((name) => [
    name,
    [...steady(BEFORE, 1), ...steady(AFTER, bad.includes(name) ? 500_000 : 1)],
  ]);
  const fromMs = T0 - BEFORE * 10_000;
  judge.announce(deployment());
  for (let row = 0; row < BEFORE + AFTER; row += 1) {
    const one = columns.map(([name, values]) => [name, [(values as readonly number[])[row]!]]);
    judge.take(
      rows(Object.fromEntries(one) as Record<string, number[]>, fromMs + row * 10_000),
      fromMs + row * 10_000,
      'live',
    );
  }
  judge.settle(fromMs + (BEFORE + AFTER) * 10_000);
  return sparksOf(judge, null).list.map((spark) => spark.spec.name);
}

const OTHERS = ['gc_ms', 'orders_per_minute', 'queue_depth', 'threads'];
const USUAL = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'];

it('shows the usual metrics in their order, whatever the order of the file and the blame', () => {
  expect(shown([...OTHERS, ...USUAL.toReversed()], [])).toEqual(USUAL);
  expect(shown([...OTHERS, ...USUAL], ['error_rate', 'memory_usage'])).toEqual(USUAL);
});

it('lets the worst blamed metric take the place of the last quiet one', () => {
  expect(shown([...USUAL, ...OTHERS], ['queue_depth'])).toEqual([
    'cpu_usage',
    'memory_usage',
    'response_time',
    'queue_depth',
  ]);
  expect(shown([...USUAL, ...OTHERS], ['queue_depth', 'error_rate'])).toContain('error_rate');
});

it('shows a quiet metric that is on its way to its limit, in the detail before all that are not', () => {
  const names = ['cpu_usage', 'response_time', 'error_rate', 'queue_depth', 'memory_usage'];
  const judge = new PipelineJudge(settings({ analysis: { detectors: [{ name: 'threshold', parameters: {} }] } }), {
    replayed: true,
    historyRows: 2000,
  });
  const leak = steady(BEFORE + 120, 60).map((value, i) => value + Math.max(0, i - BEFORE) / 6);
  const columns = names.map((name) => [name, name === 'memory_usage' ? leak : steady(BEFORE + 120, 1)] as const);
  const batch = rows(Object.fromEntries(columns), T0 - BEFORE * 10_000);
  judge.announce(deployment());
  judge.take(batch, batch.atMs.at(-1)!, 'live');
  expect(metricsByBlame(judge)[0]!.spec.name).toBe('memory_usage');
  expect(sparksOf(judge, null).list.map(({ spec }) => spec.name)).toContain('memory_usage');
});

it.each([10_000, 60_000])('shows no value of a metric that has fallen silent beside the others: %i ms', (stepMs) => {
  const count = 60;
  const judge = new PipelineJudge(settings(), { replayed: true, historyRows: 2000 });
  const memory = steady(count, 60).map((value, i) => (i < count - 10 ? value : Number.NaN));
  const batch = rows({ cpu_usage: steady(count, 30), memory_usage: memory }, T0, stepMs);
  judge.take(batch, batch.atMs.at(-1)!, 'live');
  const { list } = sparksOf(judge, null);
  const silent = list.find(({ spec }) => spec.name === 'memory_usage')!;
  expect(silent.latest).toBeNull();
  expect(silent.values.at(-1)).toBeNull();
  expect(list.find(({ spec }) => spec.name === 'cpu_usage')!.latest).toBeCloseTo(30, -1);
  const again = sparksOf(judge, sparksOf(judge, null)).list.find(({ spec }) => spec.name === 'memory_usage')!;
  expect(again.latest).toBeNull();
});

it('fills up with others where a pipeline has not got the usual ones', () => {
  expect(shown(['orders_per_minute', 'queue_depth', 'error_rate'], [])[0]).toBe('error_rate');
  expect(shown(['orders_per_minute', 'queue_depth', 'error_rate'], [])).toHaveLength(3);
});
