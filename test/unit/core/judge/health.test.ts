import { describe, expect, it } from 'vitest';
import { fleetHealth, healthOf } from '../../../../src/core/judge/health.ts';
import { MetricState } from '../../../../src/core/judge/metric-state.ts';
import type { MetricKind, MetricSpec } from '../../../../src/core/model/metric.ts';
import { analysisSettings } from '../../../builders/judging.ts';

function metric(name: string, level: number, weight = 1, kind: MetricKind = 'technical'): MetricState {
  const spec: MetricSpec = { name, unit: 'percent', kind, worse: 'up', limit: 90, weight };
  const state = new MetricState(spec, analysisSettings(), 10);
  state.level = level;
  return state;
}

const fresh = (): boolean => true;

describe('healthOf', () => {
  it.each([
    [0, 100],
    [0.75, 100],
    [0.875, 80],
    [1, 60],
    [1.5, 30],
    [2, 0],
    [3, 0],
  ])('a level of %d is a part of %d', (level, part) => {
    expect(healthOf([metric('a', level)], fresh).parts[0]?.value).toBe(part);
    expect(healthOf([metric('a', level)], fresh).value).toBe(part);
  });

  it('one bad metric cannot hide among fifty', () => {
    const fifty = Array.from({ length: 49 }, (_, i) => metric(`m${i}`, 0));
    expect(healthOf([...fifty, metric('bad', 3)], fresh).value).toBe(49);
  });

  it('weighs: a bad metric nobody cares for costs little', () => {
    expect(healthOf([metric('errors', 0, 4), metric('unknown', 3, 0.5)], fresh).value).toBe(88);
    expect(healthOf([metric('counter', 3, 0)], fresh)).toEqual({ value: null, confidence: 0, parts: [] });
  });

  it('missing data lowers the confidence, never the value', () => {
    const both = [metric('a', 0, 3), metric('b', 0, 1)];
    const without = healthOf(both, ({ spec }) => spec.name === 'a');
    expect(without).toMatchObject({ value: 100, confidence: 0.75 });
    expect(healthOf(both, () => false)).toMatchObject({ value: null, confidence: 0 });
    expect(healthOf([metric('a', Number.NaN)], fresh).value).toBeNull();
  });

  it('tells a metric that nothing can judge from one without fresh data', () => {
    const { parts } = healthOf([metric('a', 0), metric('unlimited', Number.NaN)], fresh);
    expect(parts.map(({ value, unjudged }) => [value, unjudged])).toEqual([
      [100, undefined],
      [null, true],
    ]);
    const silent = healthOf([metric('a', Number.NaN)], () => false);
    expect(silent.parts[0]).not.toHaveProperty('unjudged');
  });

  it('is broken down into technical and business metrics', () => {
    const shop = [metric('cpu', 0, 3), metric('orders', 2, 1, 'business'), metric('revenue', 0, 1, 'business')];
    expect(healthOf(shop, fresh)).toMatchObject({ technical: 100, business: 25, value: 73 });
    expect(healthOf(shop, fresh).parts[1]).toEqual({ metric: 'orders', kind: 'business', weight: 1, value: 0 });
    expect(healthOf([metric('cpu', 0)], fresh)).not.toHaveProperty('business');
  });

  it('is capped by a key objective that is missed, and says by which', () => {
    const many = [...Array.from({ length: 20 }, (_, i) => metric(`m${i}`, 0)), metric('errors', 1.2, 0.1)];
    expect(healthOf(many, fresh, { errors: 40 })).toMatchObject({ value: 40, cappedBy: { metric: 'errors', cap: 40 } });
    expect(healthOf(many, fresh, { errors: 40, m3: 10 }).value).toBe(40);
    expect(healthOf(many, fresh).value).toBeGreaterThan(95);
    // What nobody sees misses nothing.
    expect(healthOf(many, ({ spec }) => spec.name !== 'errors', { errors: 40 }).value).toBe(100);
    // A cap above what it is changes nothing.
    expect(healthOf([metric('errors', 2)], fresh, { errors: 40 })).not.toHaveProperty('cappedBy');
    expect(healthOf([metric('counter', 2, 0)], fresh, { counter: 30 })).toMatchObject({ value: 30, confidence: 0 });
  });
});

describe('fleetHealth', () => {
  it('is the mean of what is known', () => {
    expect(fleetHealth([100, null, 50])).toBe(75);
    expect(fleetHealth([null])).toBeNull();
    expect(fleetHealth([])).toBeNull();
  });
});
