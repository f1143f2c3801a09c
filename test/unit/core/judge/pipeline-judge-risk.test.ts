import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgeNews } from '../../../../src/core/judge/news.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { Risk } from '../../../../src/core/model/risk.ts';
import type { RowBatch } from '../../../../src/core/model/sample.ts';
import { risk } from '../../../builders/deciding.ts';
import { deployment, part, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const HIGH = risk('HIGH', 0.6);
const SAFE: Risk = { ...risk('LOW', 0.001), baseRate: 0.03 };
const FROM_MS = T0 - 3_600_000;

/** A judge to whom v2, deployed at T0, is announced, and v3 ten minutes later. */
function judge(risks: Readonly<Record<string, Risk>>, analysisMs = 7_200_000): PipelineJudge {
  const made = new PipelineJudge(settings({ analysis: { analysisMs } }), {
    replayed: false,
    historyRows: 2000,
    riskOf: ({ version }) => risks[version] ?? null,
  });
  made.announce(deployment());
  made.announce(deployment({ version: 'v3', previous: 'v2', atMs: T0 + 600_000 }));
  return made;
}

function failedMs(news: readonly JudgeNews[]): readonly number[] {
  return news.flatMap((one) => (one.type === 'verdict' && one.verdict.phase === 'Failed' ? [one.verdict.atMs] : []));
}

/** Gives each row at its own time. */
function live(one: PipelineJudge, batch: RowBatch): readonly JudgeNews[] {
  return Array.from(batch.atMs).flatMap((atMs, i) => one.take(part(batch, i, i + 1), atMs, 'live'));
}

/** Quiet until 200 s after T0, then bad. */
function badAfterAWhile(): RowBatch {
  return rows({ response_time: [...steady(380, 120), ...steady(20, 900)] }, FROM_MS);
}

describe('the risk prior of a PipelineJudge', () => {
  it.each([
    ['HIGH fails it at the second bad sample', HIGH, T0 + 210_000],
    ['unusually low fails it at the fourth', SAFE, T0 + 230_000],
    ['usual fails it at the third', { ...SAFE, probability: 0.03 }, T0 + 220_000],
  ])('%s', (_name, given, expectedMs) => {
    expect(failedMs(live(judge({ v2: given }), badAfterAWhile()))).toEqual([expectedMs]);
  });

  it('holds for the deployment it was told of, not for the next', () => {
    const bad = [...steady(372 + 100, 120), ...steady(2, 900), ...steady(20, 120)];
    const failures = (risks: Readonly<Record<string, Risk>>): number =>
      failedMs(live(judge(risks), rows({ response_time: bad }, FROM_MS))).length;
    expect(failures({ v2: HIGH })).toBe(0);
    expect(failures({ v3: HIGH })).toBe(1);
  });

  it('ends with the analysis', () => {
    const one = judge({ v2: HIGH, v3: HIGH }, 300_000);
    live(one, rows({ response_time: steady(360 + 120, 120) }, FROM_MS));
    expect(one.settled).toBe(true);
    live(one, rows({ response_time: steady(2, 900) }, T0 + 1_200_000));
    expect(one.verdict(T0 + 1_210_000).text).not.toContain('risk');
    expect(one.board.blamed).toBe(0);
  });

  it('lets a metric that was bad before go unblamed as soon as it would be blamed', () => {
    const early = [...steady(358, 120), ...steady(40, 900)];
    const of = (given: Risk): string => {
      const one = judge({ v2: given });
      one.take(rows({ response_time: early }, FROM_MS), T0 + 400_000, 'live');
      return one.verdict(T0 + 400_000).reason;
    };
    expect(of(HIGH)).toBe('bad-before');
    expect(of({ ...SAFE, probability: 0.03 })).toBe('anomaly');
  });

  it('says the same however rows are split, announced early or late', () => {
    const kinds = fc.array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: 20, maxLength: 120 });
    const given = fc.constantFrom(HIGH, SAFE, null);
    fc.assert(
      fc.property(kinds, fc.array(fc.nat(), { maxLength: 30 }), given, given, (shape, cuts, first, second) => {
        const risks = { ...(first && { v2: first }), ...(second && { v3: second }) };
        const values = shape.map((kind, i) => [120 + (i % 5), 900 + (i % 7), Number.NaN][kind]!);
        const batch = rows({ response_time: [...steady(340, 120), ...values] }, FROM_MS);
        const endMs = batch.atMs[batch.rowCount - 1]!;
        const whole = judge(risks);
        const said = whole.take(batch, endMs, 'live');
        const places = [...new Set([0, ...cuts.map((cut) => cut % batch.rowCount), batch.rowCount])];
        places.sort((a, b) => a - b);
        const inParts = judge(risks);
        const saidInParts = places
          .slice(1)
          .flatMap((to, i) => inParts.take(part(batch, places[i]!, to), endMs, 'live'));
        expect(saidInParts).toEqual(said);
        const late = new PipelineJudge(settings(), {
          replayed: false,
          historyRows: 2000,
          riskOf: ({ version }) => ({ v2: first, v3: second })[version] ?? null,
        });
        late.take(batch, endMs, 'live');
        for (const announced of whole.timeline.announced) late.announce(announced);
        expect(late.verdict(endMs)).toEqual(whole.verdict(endMs));
      }),
      { numRuns: 60 },
    );
  });
});
