import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MovingMoments } from '../../../../src/core/stats/moving-moments.ts';

function exact(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

describe('MovingMoments', () => {
  it('equals the two-pass result over the same window, also on a large offset', () => {
    const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1e9), (all, capacity, offset) => {
        const moments = new MovingMoments(capacity);
        const shifted = all.map((value) => value + offset);
        for (const value of shifted) moments.push(value);
        const { mean, deviation } = exact(shifted.slice(-capacity));
        expect(moments.count).toBe(Math.min(capacity, all.length));
        expect(Math.abs(moments.mean - mean)).toBeLessThan(1e-6);
        expect(Math.abs(moments.deviation - deviation)).toBeLessThan(1e-3);
      }),
    );
  });

  it('keeps no trace of a huge value that left the window', () => {
    const moments = new MovingMoments(5);
    for (const value of [1, 2, 3, 1e15, 5, 6, 7, 8, 9]) moments.push(value);
    expect(moments.mean).toBe(7);
    expect(moments.deviation).toBeCloseTo(Math.sqrt(2.5), 12);
  });

  it('ignores what has no square', () => {
    const moments = new MovingMoments(5);
    for (const value of [1, Number.NaN, 3, Number.POSITIVE_INFINITY, 1e300]) moments.push(value);
    expect(moments.count).toBe(2);
    expect(moments.mean).toBe(2);
  });

  it('is empty at first', () => {
    const moments = new MovingMoments(5);
    expect([moments.count, moments.mean, moments.deviation]).toEqual([0, 0, 0]);
  });

  it('keeps the newest values when restored into a smaller window', () => {
    const moments = new MovingMoments(4);
    for (const value of [100, 1, 2, 3]) moments.push(value);
    const smaller = MovingMoments.restore(3, moments.save());
    expect(smaller.mean).toBe(2);
    smaller.push(7);
    expect(smaller.mean).toBe(4);
  });
});
