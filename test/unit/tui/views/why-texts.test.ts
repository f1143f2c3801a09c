import { describe, expect, it } from 'vitest';
import { failedPipeline, risk, riskWithPast, snapshot } from '../../../fakes/snapshots.ts';
import { healthText } from '../../../../src/tui/views/health-text.ts';
import { riskHead, riskReasons, riskSum, similarText } from '../../../../src/tui/views/risk-texts.ts';
import { Player } from '../state/harness.ts';

describe('the risk in words', () => {
  it('says what became of similar deployments, where any are known', () => {
    expect(similarText(riskWithPast(0.78))).toBe(
      '2 of 3 went bad: checkout v398 bad on 2026-01-03, checkout v391 good on 2025-12-23, payment-api v77 bad on 2025-12-06',
    );
    expect(similarText(risk(0.78))).toBeNull();
  });

  it('has reasons and a beginning that sum to the score', () => {
    const one = risk(0.78);
    expect(riskHead(one)).toBe('HIGH 78 %, usual 3 %, HIGH from 30 %');
    expect(riskReasons(one, 4)).toEqual(['+0.80 41 files changed', '+0.30 deployed on a Friday at 14:00']);
    expect(riskSum(one, 4)).toBe('+0.17 to begin with: +1.27 log odds');
    expect(riskSum(one, 1)).toBe('+0.17 to begin with, +0.30 from 1 more: +1.27 log odds');
  });

  it('writes what lowers it with a minus', () => {
    const reasons = [{ feature: 'x', value: 1, contribution: -0.5, text: 'a small change' }];
    expect(riskReasons({ ...risk(0.1), reasons }, 4)).toEqual(['−0.50 a small change']);
  });
});

describe('what a health is made of', () => {
  const part = (metric: string, value: number | null, weight = 1) => ({ metric, value, weight });

  it('names what costs most first, with weights that differ', () => {
    const parts = [
      part('cpu_usage', 60),
      part('error_rate', 70, 3),
      part('memory_usage', 100),
      part('response_time', null),
    ];
    expect(healthText({ value: 62, confidence: 0.8, parts })).toBe(
      '62 · err 70 ×3, cpu 60, the other at 100, 1 without fresh data',
    );
    const unjudged = [part('cpu_usage', 60), { ...part('queue_depth', null), unjudged: true }];
    expect(healthText({ value: 60, confidence: 0.5, parts: unjudged })).toBe(
      '60 · cpu 60, 1 without a limit or anything to compare with',
    );
  });

  it('says which objective caps it', () => {
    const cappedBy = { metric: 'error_rate', cap: 40 };
    expect(healthText({ value: 40, confidence: 1, parts: [], cappedBy })).toBe(
      '40 · at most 40 while err is beyond its limit',
    );
  });

  it('says nothing where there is nothing to say', () => {
    expect(healthText({ value: 100, confidence: 1, parts: [part('cpu_usage', 100)] })).toBeNull();
    expect(healthText({ value: null, confidence: 0, parts: [] })).toBeNull();
  });
});

it('scrolls the why text where not all of it fits, and no further than its end', () => {
  const player = new Player(snapshot({ pipelines: [failedPipeline()] }), 80, 16).press('enter', 'j');
  expect(player.ui.detail?.top).toBe(1);
  player.press('G');
  const last = player.ui.detail?.top ?? 0;
  expect(last).toBeGreaterThan(1);
  expect(player.press('j').ui.detail?.top).toBe(last);
  expect(player.press('g').ui.detail?.top).toBe(0);
  expect(new Player(snapshot({ pipelines: [failedPipeline()] }), 120, 40).press('enter', 'j').ui.detail?.top).toBe(0);
});
