import { describe, expect, it } from 'vitest';
import { isSilent, samplingIntervalMs } from '../../../../src/core/series/interval.ts';

const times = (...atMs: number[]): Float64Array => Float64Array.from(atMs);

describe('samplingIntervalMs', () => {
  it('is the median distance', () => {
    expect(samplingIntervalMs(times(0, 60, 120, 180, 9000, 9060))).toBe(60);
    expect(samplingIntervalMs(times(0, 10, 30))).toBe(15);
  });

  it('is NaN with fewer than two samples', () => {
    expect(samplingIntervalMs(times())).toBeNaN();
    expect(samplingIntervalMs(times(5))).toBeNaN();
  });

  it('looks at the newest 64 samples only', () => {
    const slow = Array.from({ length: 100 }, (_, index) => index * 1000);
    const fast = Array.from({ length: 64 }, (_, index) => 200_000 + index * 10);
    expect(samplingIntervalMs(times(...slow, ...fast))).toBe(10);
  });
});

describe('isSilent', () => {
  it('needs more than so many intervals without a sample', () => {
    expect(isSilent(0, 180_000, 60_000, 3, 1)).toBe(false);
    expect(isSilent(0, 180_001, 60_000, 3, 1)).toBe(true);
  });

  it('takes the fallback where no interval is known, and never less than a second', () => {
    expect(isSilent(0, 30_000, Number.NaN, 3, 10_000)).toBe(false);
    expect(isSilent(0, 30_001, Number.NaN, 3, 10_000)).toBe(true);
    expect(isSilent(0, 2000, 10, 3, 10_000)).toBe(false);
  });

  it('is silent when there never was a sample', () => {
    expect(isSilent(Number.NaN, 0, 1000, 3, 1000)).toBe(true);
  });
});
