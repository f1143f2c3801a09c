import { describe, expect, it } from 'vitest';
import { lstm } from '../../../../../src/core/detectors/lstm/lstm.ts';
import { SeededUniform } from '../../../../../src/core/stats/seeded-uniform.ts';

const SERIES = { metric: 'latency', worse: 'both', limit: null, seed: 5 } as const;
const SMALL = { hidden: 4, window: 6, memory: 64 };

/** A detector that has learned so many noisy samples. */
function taught(count: number) {
  const random = new SeededUniform(9);
  const detector = lstm.create(SERIES, SMALL);
  for (let i = 0; i < count; i += 1) detector.learnOne(100 + random.next(), i * 60_000);
  return detector;
}

function saved(count: number) {
  return taught(count).save() as Readonly<Record<string, number | readonly number[]>>;
}

describe('lstm', () => {
  it('cannot tell before its first training has ended', () => {
    // The first training begins with sample 8 and takes 24 samples, one window each.
    expect(taught(30).scoreOne(100, 2e6)).toBeNaN();
    expect(taught(31).scoreOne(100, 2e6)).toBeLessThan(1);
  });

  it('trains one window for each sample, and no more once it has trained on all it keeps', () => {
    const steps = [7, 8, 9, 31, 32].map((count) => saved(count)['steps']);
    expect(steps).toEqual([0, 1, 2, 24, 25]);
    expect(saved(158)['moments']).not.toEqual([]);
    expect(saved(159)['moments']).toEqual([]);
    expect(saved(160)['weights']).toEqual(saved(300)['weights']);
  });

  it('keeps no more than a quarter above its memory', () => {
    expect((saved(1000)['values'] as readonly number[]).length).toBeLessThanOrEqual(80);
  });

  it('keeps enough for windows that are longer than its memory', () => {
    const detector = lstm.create(SERIES, { hidden: 2, window: 100, memory: 64 });
    for (let i = 0; i < 150; i += 1) detector.learnOne(100 + (i % 3), i * 60_000);
    expect(detector.scoreOne(101, 1e7)).toBeLessThan(1);
    expect(detector.scoreOne(200, 1e7)).toBeGreaterThan(1);
  });

  it('says what it expected', () => {
    const { expected, direction } = taught(100).explain(200, 1e7);
    expect(expected?.low).toBeGreaterThan(95);
    expect(expected?.high).toBeLessThan(106);
    expect(direction).toBe('high');
  });

  it('goes on from a saved state in the middle of a training', () => {
    const one = taught(45);
    const other = lstm.restore(SERIES, SMALL, JSON.parse(JSON.stringify(one.save())) as ReturnType<typeof one.save>);
    for (let i = 45; i < 90; i += 1) {
      expect(other.scoreOne(101 + (i % 3), i * 60_000)).toBe(one.scoreOne(101 + (i % 3), i * 60_000));
      one.learnOne(100 + (i % 2), i * 60_000);
      other.learnOne(100 + (i % 2), i * 60_000);
    }
    expect(other.save()).toEqual(one.save());
  });
});
