import { expect, it } from 'vitest';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import { deployment, rows, settings, T0 } from '../../../builders/judging.ts';

const BEFORE = 360;
const AFTER = 60;

/** Latencies that jump together, then two queues that rise in steps of their own; every one far beyond what it was. */
function columns(): Record<string, readonly number[]> {
  const of = (value: (since: number, i: number) => number): readonly number[] =>
    Array.from({ length: BEFORE + AFTER }, (_, i) => 100 + Math.sin(i * 12.9) + value(Math.max(0, i - BEFORE - 10), i));
  const latencies = Array.from({ length: 10 }, (_, metric) => [
    `svc_${metric}_ms`,
    of((since) => (since > 0 ? 900 + metric : 0)),
  ]);
  const queue = of((since) => (since > 0 ? 200 + 100 * Math.sin(since * 1.7) : 0));
  const late = of((since) => (since > 25 ? 400 : 0));
  return Object.fromEntries([...latencies, ['queue_depth', queue], ['late_depth', late]]);
}

it('names one metric of each group first, with how many move with it', () => {
  const judge = new PipelineJudge(settings(), { replayed: false, historyRows: 2000 });
  judge.announce(deployment());
  judge.take(rows(columns(), T0 - BEFORE * 10_000), T0 + AFTER * 10_000, 'backfill');
  const { phase, evidence, failing, text } = judge.verdict(T0 + AFTER * 10_000);
  expect(phase).toBe('Failed');
  expect(evidence).toHaveLength(8);
  const leads = evidence.filter(({ movesWith }) => movesWith !== undefined);
  expect(leads).toHaveLength(1);
  expect(leads[0]).toMatchObject({ metric: expect.stringMatching(/^svc_/), movesWith: expect.any(Number) });
  expect(leads[0]!.movesWith).toBeGreaterThanOrEqual(9);
  const [{ metric }] = leads as [(typeof leads)[0]];
  const along = evidence.filter(({ movesAlong }) => movesAlong !== undefined);
  expect(along.length).toBeGreaterThan(3);
  for (const { movesAlong } of along) expect(movesAlong).toBe(metric);
  // All twelve are counted, also those without evidence.
  expect(failing).toBe(12);
  expect(text).toContain(' and 10 more, ');
  // Without the groups, eight latencies would leave no room for them.
  expect(evidence.slice(0, 3).map(({ metric }) => metric)).toContain('late_depth');
});
