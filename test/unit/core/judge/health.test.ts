import { describe, expect, it } from 'vitest';
import { healthOf } from '../../../../src/core/judge/health.ts';
import { MetricState } from '../../../../src/core/judge/metric-state.ts';
import type { MetricSpec } from '../../../../src/core/model/metric.ts';
import { analysisSettings } from '../../../builders/judging.ts';

function metric(name: string, level: number, weight = 1): MetricState {
  const spec: MetricSpec = { name, unit: 'percent', kind: 'technical', worse: 'up', limit: 90, weight };
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
});
