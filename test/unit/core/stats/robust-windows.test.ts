import fc from 'fast-check';
import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { BlockMaxima } from '../../../../src/core/stats/block-maxima.ts';
import { averagePath, IsolationForest } from '../../../../src/core/stats/isolation-forest.ts';
import { SeededUniform } from '../../../../src/core/stats/seeded-uniform.ts';
import { SlotClock } from '../../../../src/core/stats/slot-clock.ts';
import { sortSpan } from '../../../../src/core/stats/sorted-span.ts';
import { SortedWindow } from '../../../../src/core/stats/sorted-window.ts';

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 120 });

describe('SortedWindow', () => {
  it('has the median and the deviation of the newest values', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const window = new SortedWindow(17);
        for (const value of values) window.push(value);
        const newest = values.slice(-17);
        expect(window.median()).toBe(median(newest));
        if (newest.length % 2 === 1) {
          expect(window.mad(window.median())).toBeCloseTo(1.4826 * medianAbsoluteDeviation(newest), 10);
        }
        expect(SortedWindow.restore(17, window.save()).save()).toEqual(newest);
      }),
    );
  });
});

it('sortSpan sorts the first numbers and leaves the rest', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const span = Float64Array.from([...values, -1000]);
      sortSpan(span, values.length);
      expect([...span]).toEqual([...values.toSorted((a, b) => a - b), -1000]);
    }),
  );
});

it('BlockMaxima gives quantiles of the largest value per full block', () => {
  const blocks = new BlockMaxima(2, 3);
  expect(blocks.quantile(0.5, 9)).toBe(9);
  for (const value of [1, 5, 2, 3, 8, 1, 4, 4, 100]) blocks.push(value);
  // Full blocks 5, 3, 8, 4; the newest three are kept.
  expect([0, 0.5, 1].map((p) => blocks.quantile(p, 9))).toEqual([3, 4, 8]);
});

it('SlotClock cuts the day by the median of the first gaps, never finer than a minute', () => {
  const clock = new SlotClock();
  for (let i = 0; i < 10; i += 1) clock.pass(i * 300_000 + (i === 5 ? 1000 : 0));
  expect(clock.slotsPerDay).toBe(288);
  expect(clock.slotOf(900_000)).toBe(3);
  const fast = new SlotClock();
  for (let i = 0; i < 10; i += 1) fast.pass(i * 1000);
  expect(fast.slotsPerDay).toBe(1440);
});

describe('IsolationForest', () => {
  it('measures paths by the mean of unsuccessful searches', () => {
    expect(averagePath(256)).toBeCloseTo(10.2448, 4);
    expect(averagePath(2)).toBe(1);
  });

  it('sets a lone row apart in any number of columns, the same for the same seed', () => {
    const random = new SeededUniform(11);
    const rows = Float64Array.from({ length: 3 * 500 }, () => random.next());
    const fit = () => IsolationForest.fit(rows, 3, { trees: 100, sampleSize: 256 }, new SeededUniform(1));
    const lone = Float64Array.from([1, 1, 1]);
    const inside = Float64Array.from([0.5, 0.5, 0.5]);
    expect(fit().score(lone)).toBeGreaterThan(fit().score(inside) + 0.1);
    expect(fit().score(lone)).toBe(fit().score(lone));
  });

  it('cannot split rows that are all the same', () => {
    const same = IsolationForest.fit(
      new Float64Array(40).fill(7),
      2,
      { trees: 10, sampleSize: 16 },
      new SeededUniform(1),
    );
    expect(same.score(Float64Array.from([7, 7]))).toBeCloseTo(0.5, 12);
  });
});
