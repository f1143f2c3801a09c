import { describe, expect, it } from 'vitest';
import { isCounter, isKnownMetric, specOf } from '../../../../src/core/series/metric-spec.ts';

describe('specOf', () => {
  it.each([
    ['cpu_usage', 'percent', 'technical', 'up', 90],
    ['memory_usage', 'percent', 'technical', 'up', 90],
    ['response_time', 'ms', 'technical', 'up', 600],
    ['error_rate', 'percent', 'technical', 'up', 2],
    ['error_rate_ratio', 'ratio', 'technical', 'up', null],
    ['checkout_error_rate', 'percent', 'technical', 'up', null],
    ['p99_latency_seconds', 's', 'technical', 'up', null],
    ['latency.p99_ms', 'ms', 'technical', 'up', null],
    ['heap_used_bytes', 'bytes', 'technical', 'up', null],
    ['memory_free_bytes', 'bytes', 'technical', 'down', null],
    ['http_requests_total{code="200"}', 'count', 'technical', 'down', null],
    ['process_cpu_seconds_total', 's', 'technical', 'up', null],
    ['orders_per_minute', 'per-minute', 'business', 'down', null],
    ['conversion_rate', 'percent', 'business', 'down', null],
    ['revenue', 'count', 'business', 'down', null],
    ['refunds', 'count', 'business', 'up', null],
    ['cache_hit_ratio', 'ratio', 'technical', 'down', null],
    ['throughput', 'count', 'technical', 'down', null],
    ['failed_requests', 'count', 'technical', 'up', null],
    ['success_ratio', 'ratio', 'technical', 'down', null],
    ['blorp', 'none', 'technical', 'both', null],
  ])('%s: %s, %s, worse %s, limit %s', (name, unit, kind, worse, limit) => {
    expect(specOf(name)).toMatchObject({ name, unit, kind, worse, limit });
  });

  it('gives counters no weight, and errors more than anything', () => {
    expect(specOf('http_requests_total').weight).toBe(0);
    expect(specOf('error_rate').weight).toBeGreaterThan(specOf('cpu_usage').weight);
    expect(specOf('blorp').weight).toBeGreaterThan(0);
  });
});

describe('isKnownMetric and isCounter', () => {
  it('tell by the name alone', () => {
    expect(['cpu_usage', 'x_ms', 'orders', 'queue_depth'].every((name) => isKnownMetric(name))).toBe(true);
    expect(['colour', 'note', 'widgets'].some((name) => isKnownMetric(name))).toBe(false);
    expect([isCounter('a_total{b="c"}'), isCounter('a_ratio')]).toEqual([true, false]);
  });
});
