import { describe, expect, it } from 'vitest';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import { predictionPhrase } from '../../../../src/core/model/prediction-text.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const HOUR = 360;

/** An hour at rest, a deployment, then 40 min in which memory rises by `perMinute`, a sample every 10 s. */
function judged(perMinute: number, replayed = true): PipelineJudge {
  const judge = new PipelineJudge(settings({ analysis: { detectors: [{ name: 'threshold', parameters: {} }] } }), {
    replayed,
    historyRows: 2000,
  });
  const after = 240;
  const memory = steady(HOUR + after, 60).map((value, i) => value + Math.max(0, i - HOUR) * (perMinute / 6));
  const batch = rows({ memory_usage: memory, cpu_usage: steady(HOUR + after, 30) }, T0 - HOUR * 10_000);
  judge.announce(deployment());
  judge.take(batch, batch.atMs.at(-1)!, 'live');
  return judge;
}

describe('predictions', () => {
  const end = T0 + 240 * 10_000;

  it('foresee a limit and say so instead of "watching"', () => {
    const verdict = judged(0.5).verdict(end);
    expect(verdict).toMatchObject({ phase: 'Running', reason: 'watching' });
    expect(verdict.predicted).toMatchObject([{ metric: 'memory_usage', unit: 'percent', limit: 90 }]);
    const [{ inMs, earliestMs, latestMs }] = verdict.predicted as [NonNullable<typeof verdict.predicted>[number]];
    // 60 + 20 after 40 min, half a point a minute: 20 min are left.
    expect(inMs / 60_000).toBeGreaterThan(18);
    expect(inMs / 60_000).toBeLessThan(22);
    expect(earliestMs).toBeLessThan(inMs);
    expect(latestMs).toBeGreaterThan(inMs);
    expect(verdict.text).toMatch(/^memory_usage reaches 90 % in \d\d min \(\d\d–\d\d\) \(replay\)$/);
  });

  it('are not there without a trend, nor of a recording, and never change the phase', () => {
    expect(judged(0).verdict(end).predicted).toBeUndefined();
    expect(judged(0).verdict(end).text).toMatch(/^watching/);
    const judge = judged(0.5, false);
    judge.tick(end + 600_000);
    expect(judge.verdict(end + 600_000)).toMatchObject({ phase: 'NoData', reason: 'stale' });
    expect(judge.verdict(end + 600_000).predicted).toBeUndefined();
  });

  it('give the way to what has happened once the limit is passed', () => {
    const verdict = judged(1).verdict(end);
    expect(verdict).toMatchObject({ phase: 'Failed', reason: 'anomaly' });
    expect(verdict.predicted).toBeUndefined();
  });

  it('say of a failure that is not at its limit yet how long there is', () => {
    const judge = new PipelineJudge(settings(), { replayed: true, historyRows: 2000 });
    const memory = steady(HOUR + 60, 60).map((value, i) => value + Math.max(0, i - HOUR) / 3);
    const batch = rows({ memory_usage: memory }, T0 - HOUR * 10_000);
    judge.announce(deployment());
    judge.take(batch, batch.atMs.at(-1)!, 'live');
    const verdict = judge.verdict(batch.atMs.at(-1)!);
    expect(verdict).toMatchObject({ phase: 'Failed', predicted: [{ metric: 'memory_usage', limit: 90 }] });
    expect(verdict.text).toMatch(/^failed: memory_usage .* in a row since .*; memory_usage reaches 90 % in \d+ min \(/);
  });

  it('are the same however often one asks', () => {
    const judge = judged(0.5);
    expect(judge.verdict(end)).toEqual(judge.verdict(end));
    expect(judged(0.5).verdict(end)).toEqual(judge.verdict(end));
  });

  it('are said in seconds when they are near', () => {
    const near = {
      metric: 'cpu',
      unit: 'percent',
      limit: 90,
      inMs: 65_000,
      earliestMs: 50_000,
      latestMs: 119_000,
    } as const;
    expect(predictionPhrase(near)).toBe('cpu reaches 90 % in 65 s (50–119)');
  });
});
