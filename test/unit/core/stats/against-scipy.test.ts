import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../../../src/core/stats/hodges-lehmann.ts';
import { kolmogorovSmirnov } from '../../../../src/core/stats/kolmogorov-smirnov.ts';
import { normalTail, studentTwoSided } from '../../../../src/core/stats/normal-tail.ts';
import { rankSumTest } from '../../../../src/core/stats/rank-sum-test.ts';
import { theilSen } from '../../../../src/core/stats/theil-sen.ts';

interface Reference {
  /** scipy 1.17.1: which function gave which number. */
  readonly source: string;
  readonly twoSamples: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly u: number;
    readonly p: number;
    readonly ks: number;
    readonly ksp: number;
    readonly hl: number;
  }[];
  readonly theilSen: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly confidence?: number;
    readonly slope: number;
    readonly intercept: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly normalTail: readonly (readonly [number, number])[];
  readonly student: readonly (readonly [number, number, number])[];
}

const path = join(import.meta.dirname, '../../../fixtures/stats/scipy.json');
const reference = JSON.parse(readFileSync(path, 'utf8')) as Reference;

describe('statistics give what scipy 1.17.1 gives', () => {
  it.each(reference.twoSamples)('rank sum, Hodges-Lehmann and Kolmogorov-Smirnov %#', ({ x, y, u, p, ks, ksp, hl }) => {
    const test = rankSumTest(x, y);
    expect(test.u).toBe(u);
    expect(test.p).toBeCloseTo(p, 6);
    expect(test.superiority).toBeCloseTo(u / (x.length * y.length), 12);
    const { distance, p: limit } = kolmogorovSmirnov(x, y);
    expect(distance).toBeCloseTo(ks, 12);
    expect(limit).toBeCloseTo(ksp, 9);
    expect(hodgesLehmann(x, y)).toBeCloseTo(hl, 12);
  });

  it.each(reference.theilSen)('Theil-Sen %#', ({ x, y, confidence, slope, intercept, low, high }) => {
    const line = theilSen(x, y, confidence)!;
    expect(line.slope).toBeCloseTo(slope, 10);
    expect(line.intercept).toBeCloseTo(intercept, 8);
    expect(line.low).toBeCloseTo(low, 10);
    expect(line.high).toBeCloseTo(high, 10);
  });

  it.each(reference.normalTail)('normal tail of %d', (z, p) => {
    expect(Math.abs(normalTail(z) / p - 1)).toBeLessThan(2e-7);
  });

  it.each(reference.student)('two-sided t of %d with %d degrees of freedom, within 4 %%', (t, freedom, p) => {
    expect(Math.abs(studentTwoSided(t, freedom) / p - 1)).toBeLessThan(0.04);
  });
});

describe('at their edges', () => {
  it('a rank sum of equal values tells nothing', () => {
    expect(rankSumTest([2, 2], [2, 2, 2])).toMatchObject({ z: 0, p: 1, superiority: 0.5 });
  });
  it('two distributions that are the same are no distance apart', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [1, 2, 3])).toEqual({ distance: 0, p: 1 });
  });
  it('one point in x makes no line', () => {
    expect(theilSen([1, 1], [2, 3])).toBeNull();
    expect(theilSen([], [])).toBeNull();
  });
});
