import { describe, expect, it } from 'vitest';
import { mulberry32, normal, seedFor } from '../../../../src/core/simulate/rng.ts';

describe('mulberry32', () => {
  it('gives the published sequence of its seed', () => {
    const random = mulberry32(1);
    // First outputs of the reference implementation for seed 1, divided by 2^32.
    expect([random(), random(), random()].map((value) => value.toFixed(8))).toEqual([
      '0.62707394',
      '0.00273572',
      '0.52744704',
    ]);
  });

  it('is uniform enough and repeats itself for the same seed', () => {
    const random = mulberry32(42);
    const values = Array.from({ length: 20_000 }, random);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(0.5, 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const again = mulberry32(42);
    expect(values.slice(0, 50)).toEqual(Array.from({ length: 50 }, again));
  });
});

describe('normal', () => {
  it('has mean 0 and standard deviation 1', () => {
    const random = mulberry32(9);
    const values = Array.from({ length: 40_000 }, () => normal(random));
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(deviation).toBeGreaterThan(0.98);
    expect(deviation).toBeLessThan(1.02);
  });
});

describe('seedFor', () => {
  it('separates names and seeds', () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1)
      for (let index = 0; index < 40; index += 1) seeds.add(seedFor(seed, `p${index}`));
    expect(seeds.size).toBe(1600);
  });
});
