import { describe, expect, it } from 'vitest';
import { mulberry32, normal } from '../../../../src/core/simulate/rng.ts';
import { meanDifferenceInterval } from '../../../../src/core/stats/block-bootstrap.ts';
import { varianceInflation } from '../../../../src/core/stats/dependence.ts';

/** A stationary series in which each value keeps `phi` of the one before. */
function chain(phi: number, n: number, seed: number): number[] {
  const random = mulberry32(seed);
  let value = normal(random) / Math.sqrt(1 - phi * phi);
  return Array.from({ length: n }, () => (value = phi * value + normal(random)));
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('varianceInflation', () => {
  it.each([
    [0, 1, 1.3],
    [0.5, 2.2, 4.5],
    [0.8, 6, 14],
    [0.9, 11, 30],
  ])('of an AR(1) of %d is about (1 + φ) / (1 − φ): %d to %d', (phi, low, high) => {
    const found = meanOf(Array.from({ length: 40 }, (_, seed) => varianceInflation([chain(phi, 240, seed)])));
    expect(found).toBeGreaterThanOrEqual(low);
    expect(found).toBeLessThan(high);
  });
  it('is 1 where there is nothing to see, and never claims more than half', () => {
    expect(varianceInflation([[1, 1, 1, 1, 1]])).toBe(1);
    expect(varianceInflation([[1, 2, 3]])).toBe(1);
    expect(varianceInflation([[1, 9, 1, 9, 1, 9, 1, 9]])).toBe(1);
    expect(varianceInflation([Array.from({ length: 20 }, (_, i) => i)])).toBeLessThanOrEqual(10);
  });
});

describe('meanDifferenceInterval', () => {
  const options = (seed: number, blockLength: number) => {
    return { blockLength, confidence: 0.9, rounds: 400, random: mulberry32(seed) };
  };
  it('is the same for the same seed', () => {
    const [x, y] = [chain(0.5, 50, 1), chain(0.5, 50, 2)];
    expect(meanDifferenceInterval(x, y, options(3, 5))).toEqual(meanDifferenceInterval(x, y, options(3, 5)));
  });
  it('holds the true difference about as often as it says, with runs as long as the dependence', () => {
    let [blocks, single] = [0, 0];
    for (let seed = 0; seed < 120; seed += 1) {
      const [x, y] = [chain(0.7, 120, seed), chain(0.7, 120, seed + 1000)];
      const wide = meanDifferenceInterval(x, y, options(seed, 15));
      const narrow = meanDifferenceInterval(x, y, options(seed, 1));
      if (wide.low <= 0 && wide.high >= 0) blocks += 1;
      if (narrow.low <= 0 && narrow.high >= 0) single += 1;
    }
    expect(blocks / 120).toBeGreaterThan(0.78);
    expect(single / 120).toBeLessThan(0.65);
  });
});
