import { describe, expect, it } from 'vitest';
import { FailedRange } from '../../../../src/core/judge/failed-range.ts';

const expected = { low: 88, high: 156 };

describe('FailedRange', () => {
  it.each([
    ['up', 200, [160, 156, 120, 50], [true, false, false, false]],
    ['down', 50, [50, 88, 120, 200], [true, false, false, false]],
    ['both', 50, [50, 120, 200], [true, false, false]],
    // Not the side that is worse, or inside: a limit decides.
    ['down', 200, [200, 50], [false, false]],
    ['up', 120, [200], [false]],
  ] as const)('worse %s, failed at %d', (worse, failed, values, beyond) => {
    const range = new FailedRange();
    range.take(expected, failed, worse);
    expect(values.map((value) => range.isBeyond(value))).toEqual(beyond);
  });

  it('stands in for what a detector has got used to, and for nothing else', () => {
    const range = new FailedRange();
    range.take(expected, 200, 'up');
    const adapted = { expected: { low: 17, high: 246 }, sigma: 1 };
    expect(range.over(adapted, 200)).toEqual({ expected, sigma: null });
    expect(range.over(adapted, 300)).toBe(adapted);
    expect(range.over(adapted, 120)).toBe(adapted);
    range.clear();
    expect(range.over(adapted, 200)).toBe(adapted);
  });
});
