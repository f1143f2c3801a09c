import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedWindow } from '../../../../src/core/stats/sorted-window.ts';

const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 400 });
// Shorter and longer than the room a window begins with.
const capacities = fc.constantFrom(1, 2, 60, 64, 65, 100, 300);

it('keeps the last values, in order of arrival and of size', () => {
  const check = (capacity: number, all: readonly number[]): void => {
    const window = SortedWindow.restore(capacity, all);
    const kept = all.slice(-capacity);
    expect(window.save()).toEqual(kept);
    expect(Array.from(window.sorted.subarray(0, window.count))).toEqual(kept.toSorted((a, b) => a - b));
    expect(SortedWindow.restore(capacity, window.save()).save()).toEqual(kept);
  };
  fc.assert(fc.property(capacities, values, check));
});
