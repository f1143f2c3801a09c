import { describe, expect, it } from 'vitest';
import { zscore } from '../../../../../src/core/detectors/zscore/zscore.ts';

const SIX = [10, 12, 8, 10, 12, 8];
const PARAMETERS = { gracePeriod: 6, floorPercent: 0, limitFloorPercent: 0 };

function taught(
  worse: 'up' | 'down' | 'both',
  values: readonly number[],
  parameters = {},
  limit: number | null = null,
) {
  const detector = zscore.create({ metric: 'm', worse, limit, seed: 0 }, { ...PARAMETERS, ...parameters });
  for (const value of values) detector.learnOne(value, 0);
  return detector;
}

describe('zscore', () => {
  it('gives the numbers of its docstring', () => {
    const detector = taught('up', SIX);
    expect(detector.scoreOne(20, 0)).toBeCloseTo(10 / Math.sqrt(16 / 5) / 2, 12);
    expect(detector.scoreOne(20, 0)).toBeCloseTo(2.8, 2);
    expect(detector.explain(20, 0)).toEqual({
      expected: { low: 10 - 2 * Math.sqrt(3.2), high: 10 + 2 * Math.sqrt(3.2) },
      limit: null,
      sigma: 10 / Math.sqrt(3.2),
      direction: 'high',
    });
  });

  it('looks only in the direction that is worse', () => {
    expect(taught('up', SIX).scoreOne(0, 0)).toBe(0);
    expect(taught('down', SIX).scoreOne(20, 0)).toBe(0);
    expect(taught('down', SIX).scoreOne(0, 0)).toBeCloseTo(2.795, 3);
    expect(taught('both', SIX).scoreOne(0, 0)).toBeCloseTo(2.795, 3);
  });

  it('says nothing before the grace period', () => {
    expect(taught('up', SIX.slice(0, 5)).scoreOne(1e6, 0)).toBeNaN();
  });

  it('forgets what left the window', () => {
    const detector = taught('up', [1e6, ...SIX], { window: 6 });
    expect(detector.scoreOne(20, 0)).toBe(taught('up', SIX).scoreOne(20, 0));
  });

  it('takes at least the floor as the scale', () => {
    const steady = Array.from({ length: 10 }, () => 100);
    expect(taught('up', steady, { floorPercent: 10 }).scoreOne(120, 0)).toBe(1);
    expect(taught('up', steady, { floorPercent: 10 }).scoreOne(121, 0)).toBeGreaterThan(1);
    const zeros = Array.from({ length: 10 }, () => 0);
    expect(taught('up', zeros, { limitFloorPercent: 2.5 }, 2).scoreOne(0.1, 0)).toBe(1);
  });

  it('caps the score of a change in a series without any scale', () => {
    const zeros = taught(
      'up',
      Array.from({ length: 10 }, () => 0),
    );
    expect(zeros.scoreOne(0, 0)).toBe(0);
    expect(zeros.scoreOne(0.001, 0)).toBe(1000);
    expect(zeros.explain(0.001, 0).sigma).toBeNull();
  });

  it('refuses a state that is not its own', () => {
    expect(() => zscore.restore({ metric: 'm', worse: 'up', limit: null, seed: 0 }, {}, [1, 2])).toThrow(TypeError);
  });
});
