import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeasonSpan } from '../../../../src/core/stats/season-span.ts';
import { SeasonTable } from '../../../../src/core/stats/season-table.ts';

function spanAt(table: SeasonTable, slot: number, reach: number): readonly number[] {
  const span = new SeasonSpan(table, reach);
  span.moveTo(slot);
  return [...span.sorted.subarray(0, span.count)];
}

describe('SeasonSpan', () => {
  it('has what was seen around the same time of earlier days, in order of size', () => {
    const table = new SeasonTable(24);
    for (let slot = 0; slot < 48; slot += 1) table.add(slot, slot);
    expect(spanAt(table, 48, 1)).toEqual([0, 1, 23, 24, 25]);
  });

  it('knows the mean of a slot, a week, and nothing older', () => {
    const table = new SeasonTable(24);
    table.add(0, 2);
    table.add(0, 4);
    expect(spanAt(table, 24, 0)).toEqual([3]);
    table.add(1000, 7);
    expect(spanAt(table, 1001, 3)).toEqual([]);
    expect(spanAt(table, 1024, 0)).toEqual([7]);
  });

  it('is the same moved on from slot to slot as made anew, whatever is learned late, twice or never', () => {
    const step = fc.record({
      forward: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.integer({ min: -3, max: 40 })),
      value: fc.integer({ min: -4, max: 4 }),
      learned: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.constantFrom(-2, -1, null)),
    });
    const day = fc.constantFrom(4, 5, 6, 7, 8, 9, 12, 24);
    const check = (
      perDay: number,
      reach: number,
      steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
    ): void => {
      const table = new SeasonTable(perDay);
      const moved = new SeasonSpan(table, reach);
      let slot = 100;
      for (const { forward, value, learned } of steps) {
        slot = Math.max(0, slot + forward);
        moved.moveTo(slot);
        expect([...moved.sorted.subarray(0, moved.count)]).toEqual(spanAt(table, slot, reach));
        if (learned !== null) table.add(slot + learned, value);
      }
    };
    const steps = fc.array(step, { minLength: 200, maxLength: 400 });
    fc.assert(fc.property(day, fc.constantFrom(0, 1, 3), steps, check), { numRuns: 40 });
  });
});
