import { describe, expect, it } from 'vitest';
import { NOW_MS, failedPipeline, fleetOfSix, pipeline, silenced, snapshot, verdict } from '../../../fakes/snapshots.ts';
import { foreseen, nearLimit, refused } from '../../../fakes/warnings.ts';
import type { PipelineView } from '../../../../src/core/session/snapshot.ts';
import { plainText } from '../../../../src/tui/format/line.ts';
import { briefVerdict, predictionText } from '../../../../src/tui/views/brief-verdict.ts';
import { byUrgency, fleetItems } from '../../../../src/tui/views/pipeline-look.ts';
import { verdictLine } from '../../../../src/tui/views/verdict-line.ts';

function cell(view: PipelineView, columns: number): string {
  const item = fleetItems(snapshot({ pipelines: [view] }))[0]!;
  return plainText(verdictLine(item, NOW_MS, 'own', columns));
}

const search = fleetOfSix().find((view) => view.pipeline === 'search')!;

describe('a verdict in few words', () => {
  it('is the whole sentence where that fits', () => {
    expect(cell(failedPipeline(), 60)).toBe('failed 3/3, since 14:02:10 · 3 min');
    expect(cell(failedPipeline(), 28)).toBe('failed 3/3, since 14:02:10');
  });

  it('names the worst metric where the row does not', () => {
    expect(briefVerdict(failedPipeline(), () => false)).toBe('rt 912 ms▲ +1 more');
    expect(briefVerdict(failedPipeline(), () => true)).toBe('failed, 3 in a row');
  });

  it('foresees a limit of a pipeline that is well, and of no other', () => {
    expect(cell(foreseen(search), 24)).toBe('mem 90 % in 14m (9–22)');
    const failed = failedPipeline();
    const both = { ...failed, verdict: { ...failed.verdict, predicted: foreseen(search).verdict.predicted! } };
    expect(cell(both, 24)).toBe('failed, 3 in a row');
  });

  it('leaves out what matters least before it is cut', () => {
    expect([24, 21, 20, 14].map((columns) => cell(foreseen(search), columns))).toEqual([
      'mem 90 % in 14m (9–22)',
      'mem 90% in 14m (9–22)',
      'mem 90% in 14m',
      'mem 90% in 14m',
    ]);
    expect(briefVerdict(failedPipeline(), () => true, 12)).toBe('failed');
    expect(briefVerdict(failedPipeline(), () => false, 12)).toBe('rt 912 ms▲');
  });

  it('is beside the metric it is about', () => {
    expect(byUrgency(foreseen(search))[0]?.spec.name).toBe('memory_usage');
    expect(byUrgency(search)[0]?.spec.name).toBe('cpu_usage');
    const part = { metric: 'error_rate', kind: 'technical', weight: 4, value: 68 } as const;
    const ill = (value: number) => ({
      ...search,
      verdict: { ...search.verdict, health: { value: 76, confidence: 1, parts: [{ ...part, value }] } },
    });
    expect(byUrgency(ill(68))[0]?.spec.name).toBe('error_rate');
    expect(byUrgency(ill(95))[0]?.spec.name).toBe('cpu_usage');
  });

  it('says how near to an anomaly a metric is', () => {
    expect(cell(nearLimit(), 80)).toBe('response_time 205 ms, 0.82 of what would be too high');
    expect(cell(nearLimit(), 36)).toBe('rt 205 ms▲ · unusual');
  });

  it('says once that it is a replay, and only where there is room', () => {
    const replayed = (text: string): PipelineView => ({
      ...search,
      freshness: 'replayed',
      verdict: { ...search.verdict, reason: 'warming-up', text },
    });
    expect(cell(replayed('watching (replay)'), 40)).toBe('watching (replay)');
    expect(cell(replayed('watching'), 40)).toBe('watching · replay');
    expect(cell(replayed('watching'), 12)).toBe('watching');
  });

  it('marks what nobody wants to be asked about', () => {
    expect(cell(silenced(search), 40)).toBe('silenced · watching');
    expect(cell(refused(), 40)).toBe('not trusted · failed 3/3, since 14:02:10');
    expect(cell(refused(), 24)).toBe('not trusted · failed');
  });

  it('keeps a sentence that has no shorter form', () => {
    const view = pipeline('x', {
      verdict: verdict('x', { reason: 'warming-up', text: 'warming up, judged from 20 s on' }),
    });
    expect(briefVerdict(view, () => false)).toBe('warming up, judged from 20 s on');
  });
});

it('puts what is foreseen before what is well, and after what has no data', () => {
  const items = fleetItems(snapshot({ pipelines: [...fleetOfSix(), { ...foreseen(search), pipeline: 'soon' }] }));
  const rank = (name: string): number => items.find(({ view }) => view.pipeline === name)?.attention ?? NaN;
  expect(rank('mailer')).toBeLessThan(rank('soon'));
  expect(rank('soon')).toBeLessThan(rank('payments'));
});

it.each([
  [45_000, 30_000, 80_000, 'mem 90 % in 45s (30–80)'],
  [840_000, 540_000, 1_320_000, 'mem 90 % in 14m (9–22)'],
  [3_600_000, 3_600_000, 7_200_000, 'mem 90 % in 1h (1–2)'],
])('writes a forecast of %i ms in one unit', (inMs, earliestMs, latestMs, text) => {
  const unit = 'percent' as const;
  expect(predictionText({ metric: 'memory_usage', unit, limit: 90, inMs, earliestMs, latestMs })).toBe(text);
});
