import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAD_TO_SIGMA, sortedMad } from '../../../../src/core/stats/sorted-span.ts';

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
const centres = fc.double({ min: -2e6, max: 2e6, noNaN: true });

/** By its definition: all distances, sorted, the middle one. */
function slowMad(values: readonly number[], centre: number): number {
  const distances = values.map((value) => Math.abs(value - centre)).toSorted((a, b) => a - b);
  return MAD_TO_SIGMA * distances[values.length >> 1]!;
}

it('finds the median distance from any centre', () => {
  fc.assert(
    fc.property(numbers, centres, (values, centre) => {
      const sorted = Float64Array.from(values).sort();
      expect(sortedMad(sorted, sorted.length, centre)).toBe(slowMad(values, centre));
    }),
  );
});

it('is unknown of nothing', () => {
  expect(sortedMad(new Float64Array(3), 0, 1)).toBeNaN();
});
