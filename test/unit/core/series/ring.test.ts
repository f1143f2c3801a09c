import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from '../../../../src/core/series/ring.ts';

function filled(samples: readonly (readonly [number, number])[], capacity = 100): Ring {
  const ring = new Ring(capacity);
  for (const [atMs, value] of samples) ring.push(atMs, value);
  return ring;
}

function all(ring: Ring): [number, number][] {
  const { atMs, values } = ring.newest(ring.length);
  return [...atMs].map((at, index) => [at, values[index]!]);
}

/** What a ring should hold, the slow and obvious way. */
function model(samples: readonly (readonly [number, number])[], capacity: number): [number, number][] {
  let held: [number, number][] = [];
  for (const [atMs, value] of samples) {
    if (Number.isNaN(value)) continue;
    const same = held.find(([at]) => at === atMs);
    if (same !== undefined) same[1] = value;
    else held = [...held, [atMs, value] as [number, number]].toSorted((a, b) => a[0] - b[0]).slice(-capacity);
  }
  return held;
}

describe('Ring', () => {
  it('holds what a sorted list would hold, for any order of pushes', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.oneof(fc.integer(), fc.constant(Number.NaN)));
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 150 }),
        fc.integer({ min: 1, max: 70 }),
        fc.nat(60),
        fc.nat(60),
        (samples, capacity, from, to) => {
          const ring = filled(samples, capacity);
          const expected = model(samples, capacity);
          expect(all(ring)).toEqual(expected);
          const inWindow = expected.filter(([at]) => at >= from && at < to);
          expect([...ring.window(from, to).values]).toEqual(inWindow.map(([, value]) => value));
          expect(ring.count(from, to)).toBe(inWindow.length);
          expect(ring.lastValue).toBe(expected.at(-1)?.[1] ?? Number.NaN);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says what became of each value', () => {
    const ring = new Ring(2);
    expect([ring.push(10, 1), ring.push(20, 2), ring.push(20, 3), ring.push(15, 4), ring.push(5, 5)]).toEqual([
      'added',
      'added',
      'replaced',
      'inserted',
      'late',
    ]);
    expect([ring.push(30, Number.NaN), ring.push(30, Number.POSITIVE_INFINITY), ring.push(Number.NaN, 1)]).toEqual(
      Array.from({ length: 3 }, () => 'missing'),
    );
    expect([ring.late, ring.missing]).toEqual([1, 3]);
    expect(all(ring)).toEqual([
      [15, 4],
      [20, 3],
    ]);
  });

  it('counts every change, and nothing that changes nothing', () => {
    const ring = new Ring(2);
    const revisions = [
      [10, 1],
      [20, 2],
      [20, 2.5],
      [15, 3],
      [5, 4],
      [30, Number.NaN],
    ].map(([atMs, value]) => [ring.push(atMs!, value!), ring.revision] as const);
    expect(revisions).toEqual([
      ['added', 1],
      ['added', 2],
      ['replaced', 3],
      ['inserted', 4],
      ['late', 4],
      ['missing', 4],
    ]);
    ring.clear();
    expect(ring.revision).toBe(5);
  });

  it('never takes a missing value for 0, nor lets it replace a value', () => {
    const ring = filled([
      [1, 5],
      [2, Number.NaN],
      [1, Number.NaN],
    ]);
    expect(all(ring)).toEqual([[1, 5]]);
  });

  it('is empty at first, with NaN for what it cannot know', () => {
    const ring = new Ring(4);
    expect([ring.firstMs, ring.lastMs, ring.lastValue, ring.length]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0]);
    expect(ring.window(0, 9).atMs).toHaveLength(0);
    expect(ring.window(9, 0).atMs).toHaveLength(0);
  });

  it('keeps windows contiguous however long it runs', () => {
    const ring = new Ring(50);
    for (let at = 0; at < 1000; at++) ring.push(at, at);
    expect([...ring.window(970, 2000).values]).toEqual(Array.from({ length: 30 }, (_, index) => 970 + index));
    expect([ring.firstMs, ring.lastMs, ring.length]).toEqual([950, 999, 50]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %d', (capacity) => {
    expect(() => new Ring(capacity)).toThrow(RangeError);
  });
});
