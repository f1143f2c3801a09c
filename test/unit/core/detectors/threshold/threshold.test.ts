import { describe, expect, it } from 'vitest';
import { threshold } from '../../../../../src/core/detectors/threshold/threshold.ts';

const up = { metric: 'error_rate', worse: 'up', limit: 2, seed: 0 } as const;

function score(series: { worse: 'up' | 'down' | 'both'; limit: number | null }, value: number): number {
  return threshold.create({ metric: 'm', seed: 0, ...series }, {}).scoreOne(value, 0);
}

describe('threshold', () => {
  it.each([
    { worse: 'up', limit: 2, value: 2, expected: 1 },
    { worse: 'up', limit: 2, value: 3, expected: 1.5 },
    { worse: 'up', limit: 2, value: 1, expected: 0.5 },
    { worse: 'up', limit: 2, value: -9, expected: 0 },
    { worse: 'both', limit: 2, value: 4, expected: 2 },
    { worse: 'down', limit: 40, value: 40, expected: 1 },
    { worse: 'down', limit: 40, value: 20, expected: 1.5 },
    { worse: 'down', limit: 40, value: 60, expected: 0.5 },
    { worse: 'up', limit: 0, value: 0, expected: 1 },
    { worse: 'up', limit: 0, value: 0.5, expected: 1.5 },
    { worse: 'up', limit: -10, value: -5, expected: 1.5 },
    { worse: 'up', limit: 1e-300, value: 1, expected: 1000 },
    { worse: 'up', limit: null, value: 5, expected: Number.NaN },
  ] as const)('scores $value against $limit, worse $worse: $expected', ({ worse, limit, value, expected }) => {
    expect(score({ worse, limit }, value)).toBe(expected);
  });

  it('is strict at the next number beyond the limit', () => {
    expect(score({ worse: 'up', limit: 600 }, 600 + 2 ** -43)).toBeGreaterThan(1);
    expect(score({ worse: 'down', limit: 600 }, 600 - 2 ** -43)).toBeGreaterThan(1);
    expect(score({ worse: 'up', limit: 1e9 }, 1e9)).toBe(1);
  });

  it('explains with its limit and direction', () => {
    expect(threshold.create(up, {}).explain(3, 0)).toEqual({
      expected: null,
      limit: 2,
      sigma: null,
      direction: 'high',
    });
  });
});
