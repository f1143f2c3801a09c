import { describe, expect, it } from 'vitest';
import { brentRoot } from '../../../../src/core/stats/brent-root.ts';
import { mannWhitneyShift } from '../../../../src/core/stats/mann-whitney.ts';
import { normalQuantile } from '../../../../src/core/stats/normal-quantile.ts';

describe('normalQuantile', () => {
  // Reference values: Python 3.11 statistics.NormalDist().inv_cdf.
  it.each([
    [0.5, 0],
    [0.975, 1.9599639845400536],
    [0.99, 2.3263478740408408],
    [0.2, -0.8416212335729142],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0471],
  ])('of %d is %d', (probability, expected) => expect(normalQuantile(probability)).toBeCloseTo(expected, 4));

  it('is infinite at the ends and NaN beyond', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });
});

describe('brentRoot', () => {
  it.each([
    ['a cubic', (x: number) => x ** 3 - 2 * x - 5, 2, 3, 2.0945514815423265],
    ['a cosine', (x: number) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ['a step', (x: number) => (x < 0.3 ? -1 : 2), 0, 1, 0.3],
  ] as const)('finds the sign change of %s', (_name, f, low, high, root) => {
    expect(brentRoot(f, low, high, 1e-9)).toBeCloseTo(root, 8);
  });
});

describe('mannWhitneyShift', () => {
  it('agrees with R 3.4 wilcox.test(c(10,20,30,40), c(1,2,3,4), conf.int = TRUE, exact = FALSE)', () => {
    const shift = mannWhitneyShift([10, 20, 30, 40], [1, 2, 3, 4], 0.95);
    expect(shift).toEqual({ low: 6, high: 39, estimate: 22.5 });
  });

  it('turns its sign with the order of the samples', () => {
    const x = [3.1, 4.7, 5.2, 6.6, 7.9];
    const y = [2.2, 2.9, 3.3, 4.1, 4.4];
    const [forward, backward] = [mannWhitneyShift(x, y, 0.9), mannWhitneyShift(y, x, 0.9)];
    expect(backward.estimate).toBeCloseTo(-forward.estimate, 3);
    expect(backward.low).toBeCloseTo(-forward.high, 3);
  });
});
