import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minMaxIndices, worstPerBucket } from '../../../../src/core/series/downsample.ts';

describe('worstPerBucket', () => {
  const atMs = Float64Array.from([0, 1, 2, 3, 8, 9, 10]);
  const values = Float64Array.from([1, 9, 3, -9, 5, 4, 99]);

  it.each([
    ['up', [1, -1, 4]],
    ['down', [3, -1, 5]],
  ] as const)('keeps the worst of each span when %s is worse, -1 where there is none', (worse, expected) => {
    expect([...worstPerBucket(atMs.subarray(0, 6), values.subarray(0, 6), 0, 12, 3, worse)]).toEqual(expected);
  });

  it('keeps what is farthest from the mean when both are worse, and leaves out what lies outside', () => {
    expect([...worstPerBucket(atMs, values, 0, 10, 2, 'both')]).toEqual([3, 5]);
  });
});

describe('minMaxIndices', () => {
  it('keeps smallest, largest, first and last, in order, within the number asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 4, max: 50 }),
        (list, points) => {
          const values = Float64Array.from(list);
          const indices = [...minMaxIndices(values, points)];
          expect(indices.length).toBeLessThanOrEqual(points);
          expect(indices).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
          expect([indices[0], indices.at(-1)]).toEqual([0, list.length - 1]);
          const kept = indices.map((index) => list[index]!);
          expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...list), Math.max(...list)]);
        },
      ),
    );
  });

  it('keeps all when there are few', () => {
    expect([...minMaxIndices(Float64Array.of(3, 1), 10)]).toEqual([0, 1]);
    expect([...minMaxIndices(new Float64Array(0), 10)]).toEqual([]);
  });
});
