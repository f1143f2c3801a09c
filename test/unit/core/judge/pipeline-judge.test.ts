import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgeNews } from '../../../../src/core/judge/news.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { PipelineSettings } from '../../../../src/core/model/policy.ts';
import type { RowBatch } from '../../../../src/core/model/sample.ts';
import { deployment, part, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const OPTIONS = { replayed: false, historyRows: 2000 };

function judge(of: PipelineSettings = settings()): PipelineJudge {
  const made = new PipelineJudge(of, OPTIONS);
  made.announce(deployment());
  return made;
}

/** Each news as one line: what the order and the times are compared by. */
function lines(news: readonly JudgeNews[]): readonly string[] {
  return news.map((item) =>
    item.type === 'deployment' ? `deployment ${item.deployment.id}` : JSON.stringify(item.verdict),
  );
}

/** Quiet, then whatever the numbers say: 0 quiet, 1 bad, 2 a gap, 3 an infinity. */
function story(kinds: readonly number[]): RowBatch {
  const quiet = steady(40, 120);
  const values = kinds.map((kind, i) => [120 + (i % 5), 900 + (i % 7), Number.NaN, Number.POSITIVE_INFINITY][kind]!);
  return rows({ response_time: [...quiet, ...values], cpu_usage: steady(40 + kinds.length, 40) }, T0 - 400_000);
}

describe('PipelineJudge', () => {
  it('says the same, at the same times, however rows are split into batches', () => {
    const kinds = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 3), { minLength: 20, maxLength: 120 });
    const cuts = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(kinds, cuts, fc.boolean(), (shape, at, recent) => {
        const batch = story(shape);
        const endMs = batch.atMs[batch.rowCount - 1]!;
        // Late enough for the first rows to be old when they come, or all of them young.
        const nowMs = recent ? endMs : endMs - 200_000;
        const whole = lines(judge().take(batch, nowMs, 'live'));
        const places = [...new Set([0, ...at.map((cut) => cut % batch.rowCount), batch.rowCount])].sort(
          (a, b) => a - b,
        );
        const inParts = judge();
        const said = places.slice(1).flatMap((to, i) => inParts.take(part(batch, places[i]!, to), nowMs, 'live'));
        expect(lines(said)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a verdict the time of the sample that made it, not of its arrival', () => {
    const batch = rows({ response_time: [...steady(380, 120), ...steady(20, 900)] }, T0 - 3_600_000);
    const one = judge();
    one.take(part(batch, 0, 375), T0 + 150_000, 'live');
    const news = one.take(part(batch, 375, 400), T0 + 400_000, 'live');
    const failed = news.find((item) => item.type === 'verdict' && item.verdict.phase === 'Failed');
    expect(failed).toMatchObject({ verdict: { atMs: T0 + 220_000, sinceMs: T0 + 200_000 } });
  });

  it('says the same whether a deployment is announced before or after its samples', () => {
    const batch = rows({ response_time: [...steady(380, 120), ...steady(20, 900)] }, T0 - 3_600_000);
    const nowMs = T0 + 400_000;
    const early = judge();
    early.take(batch, nowMs, 'live');
    const late = new PipelineJudge(settings(), OPTIONS);
    late.take(batch, nowMs, 'live');
    late.announce(deployment());
    expect(late.verdict(nowMs)).toEqual(early.verdict(nowMs));
    expect(late.verdict(nowMs).phase).toBe('Failed');
    expect(late.announce(deployment())).toEqual([]);
  });

  it('does not judge a sample twice, nor one that comes out of order', () => {
    const bad = rows({ response_time: [900, 900] }, T0 + 100_000);
    const one = judge();
    one.take(rows({ response_time: steady(400, 120) }, T0 - 3_700_000), T0 + 300_000, 'live');
    one.take(rows({ response_time: steady(20, 120) }, T0 + 301_000, 1000), T0 + 330_000, 'live');
    for (let i = 0; i < 10; i += 1) one.take(bad, T0 + 330_000, 'live');
    expect(one.board.get('response_time')?.run.now).toBe(0);
    expect(one.verdict(T0 + 330_000).phase).toBe('Running');
  });

  it('takes metrics from different rows and files', () => {
    const one = judge();
    const quiet = steady(400, 120);
    for (let i = 0; i < 400; i += 1) {
      const at = T0 - 3_600_000 + i * 10_000;
      one.take(rows({ response_time: [i < 380 ? quiet[i]! : 900] }, at), at, 'live');
      one.take(rows({ orders_per_minute: [80] }, at + 3000), at + 3000, 'live');
    }
    const { evidence, phase } = one.verdict(T0 + 400_000);
    expect(phase).toBe('Failed');
    expect(evidence.map(({ metric }) => metric)).toEqual(['response_time']);
  });

  it('does not learn from samples judged bad after the deployment', () => {
    const one = judge(settings({ analysis: { detectors: [{ name: 'zscore', parameters: { limit: 3 } }] } }));
    const batch = rows({ response_time: [...steady(380, 120), ...steady(300, 300)] }, T0 - 3_600_000);
    one.take(batch, T0 + 3_200_000, 'live');
    const [evidence] = one.verdict(T0 + 3_200_000).evidence;
    expect(evidence?.inARow).toBe(300);
    expect(evidence?.expected?.high).toBeLessThan(170);
  });

  it('names an unknown detector in a verdict of phase Error', () => {
    const one = judge(settings({ analysis: { detectors: [{ name: 'zcsore', parameters: {} }] } }));
    one.take(rows({ response_time: [1] }, T0), T0, 'live');
    expect(one.verdict(T0)).toMatchObject({ phase: 'Error', reason: 'analysis-error', confidence: 0 });
    expect(one.verdict(T0).text).toContain('unknown detector "zcsore"; known: threshold, zscore');
  });

  it('never judges a counter by its height', () => {
    const one = judge();
    const growing = Array.from({ length: 500 }, (_, i) => (i < 370 ? i : i * 1000));
    one.take(rows({ requests_total: growing }, T0 - 3_600_000), T0 + 1_400_000, 'live');
    expect(one.verdict(T0 + 1_400_000)).toMatchObject({ phase: 'Running', evidence: [] });
  });

  it('is silent about its history until it is settled', () => {
    const one = judge();
    const batch = rows({ response_time: [...steady(380, 120), ...steady(20, 900)] }, T0 - 3_600_000);
    expect(one.take(batch, T0 + 390_000, 'backfill')).toEqual([]);
    expect(one.tick(T0 + 391_000)).toEqual([]);
    const news = one.settle(T0 + 392_000);
    expect(news.map((item) => item.type)).toEqual(['deployment', 'verdict']);
    expect(news[1]).toMatchObject({ verdict: { phase: 'Failed', freshness: 'live' } });
  });
});
