import { describe, expect, it } from 'vitest';
import { MetricBoard } from '../../../../src/core/judge/metric-board.ts';
import { hasEnoughTraffic, requestsPerMinute, trafficPerMinute } from '../../../../src/core/judge/traffic.ts';
import { specOf } from '../../../../src/core/series/metric-spec.ts';
import { analysisSettings, T0 } from '../../../builders/judging.ts';

/** A board with one metric, a sample every ten seconds. */
function board(metric: string, values: readonly number[]): MetricBoard {
  const made = new MetricBoard(specOf, analysisSettings(), 500);
  const [state] = made.statesOf([metric]);
  made.begin(T0, 3);
  values.forEach((value, i) => {
    state!.ring.push(T0 + i * 10_000, value);
    state!.take(T0 + i * 10_000, value, 'analysis');
  });
  return made;
}

const steady = (value: number, count = 30): readonly number[] => Array.from({ length: count }, () => value);
const counter = (step: number, count = 30): readonly number[] =>
  Array.from({ length: count }, (_, i) => 1e6 + i * step);

describe('requests per minute', () => {
  it.each([
    ['requests_per_minute', steady(120), 120],
    ['rps', steady(2), 120],
    ['requests_per_second', steady(2), 120],
    ['requests', steady(20), 120],
    ['http_requests_total', counter(20), 120],
    ['http_requests_total', [...counter(20, 15), ...counter(20, 15).map((value) => value - 1e6)], 120],
  ] as const)('by %s', (metric, values, expected) => {
    const made = board(metric, values);
    const nowMs = T0 + (values.length - 1) * 10_000;
    const now = requestsPerMinute(made, null, nowMs);
    const since = trafficPerMinute(made, { metric, minimumPerMinute: 1 });
    expect(Math.abs(now! - expected)).toBeLessThan(8);
    expect(Math.abs(since! - expected)).toBeLessThan(8);
  });

  it.each(['failed_requests', 'request_latency', 'cpu_usage', 'orders'])('are not told by %s', (metric) => {
    expect(requestsPerMinute(board(metric, steady(20)), null, T0 + 300_000)).toBeNull();
  });

  it('are not known any more when nothing came for five minutes', () => {
    expect(requestsPerMinute(board('rps', steady(2)), null, T0 + 3_600_000)).toBeNull();
  });

  it('of a counter that hardly moves are too few, however high it stands', () => {
    const rule = { metric: 'http_requests_total', minimumPerMinute: 60 };
    expect(hasEnoughTraffic(board('http_requests_total', counter(1)), rule)).toBe(false);
    expect(hasEnoughTraffic(board('http_requests_total', counter(20)), rule)).toBe(true);
  });
});
