import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastLimit, type ForecastQuestion } from '../../../../src/core/forecast/forecast.ts';
import { mulberry32, normal } from '../../../../src/core/simulate/rng.ts';

const MINUTE = 60_000;

/** Half an hour of a sample every 10 s, its value from `course` of the minute. */
function asked(course: (minute: number) => number, change: Partial<ForecastQuestion> & { minutes?: number } = {}) {
  const { minutes = 30, ...rest } = change;
  const count = minutes * 6 + 1;
  const atMs = Float64Array.from({ length: count }, (_, i) => i * 10_000);
  const values = Float64Array.from(atMs, (at) => course(at / MINUTE));
  const base = { limit: 90, worse: 'up', trendMs: 30 * MINUTE, horizonMs: 60 * MINUTE } as const;
  return forecastLimit({ ...base, atMs, values, ...rest });
}

describe('forecastLimit', () => {
  it('says when a straight line arrives', () => {
    const found = asked((minute) => 60 + minute * 0.75);
    expect(found!.inMs / MINUTE).toBeCloseTo(10, 1);
    expect(found!.earliestMs).toBeLessThanOrEqual(found!.inMs);
    expect(found!.latestMs).toBeGreaterThanOrEqual(found!.inMs);
  });

  it('holds the truth in its interval, and is not far off, with noise and a wild sample', () => {
    let [said, held, off] = [0, 0, 0];
    for (let seed = 0; seed < 40; seed += 1) {
      const random = mulberry32(seed);
      const found = asked((minute) => 60 + minute * 0.7 + normal(random) * 1.2 + (random() < 0.02 ? 25 : 0));
      if (found === null) continue;
      said += 1;
      const truth = (90 - 60 - 30 * 0.7) / 0.7;
      if (found.earliestMs <= truth * MINUTE && found.latestMs >= truth * MINUTE) held += 1;
      off += Math.abs(found.inMs / MINUTE - truth);
    }
    expect(said).toBeGreaterThan(32);
    expect(held / said).toBeGreaterThan(0.85);
    expect(off / said).toBeLessThan(2);
  });

  it('knows the other side', () => {
    const falling = asked((minute) => 60 - minute, { limit: 20, worse: 'down' });
    expect(falling!.inMs / MINUTE).toBeCloseTo(10, 1);
    expect(asked((minute) => 60 - minute, { limit: 20, worse: 'up' })).toBeNull();
  });

  it.each<[string, (minute: number) => number]>([
    ['what stands still', () => 70],
    ['what is past its limit', (minute) => 91 + minute],
    ['what goes the other way', (minute) => 80 - minute],
    ['what is too slow', (minute) => 60 + minute * 0.05],
    ['what has only just begun to rise', (minute) => (minute < 25 ? 60 : 60 + (minute - 25) * 3)],
    ['one step', (minute) => (minute < 15 ? 60 : 80)],
    ['what rises and falls', (minute) => 60 + 20 * Math.sin(minute / 3)],
    ['what has levelled off', (minute) => 85 - 40 * Math.exp(-minute / 5)],
  ])('says nothing of %s', (_, course) => expect(asked(course)).toBeNull());

  it('says nothing of noise and of walks, nearly always', () => {
    let [ofNoise, ofWalks] = [0, 0];
    for (let seed = 0; seed < 100; seed += 1) {
      const random = mulberry32(seed);
      if (asked(() => 80 + normal(random) * 3) !== null) ofNoise += 1;
      let level = 75;
      if (asked(() => (level += normal(random) * 0.35)) !== null) ofWalks += 1;
    }
    expect(ofNoise).toBe(0);
    expect(ofWalks).toBeLessThanOrEqual(8);
  });

  it('does not take the morning for a leak, once it has seen two mornings', () => {
    const daily = (minute: number): number => 60 + 25 * Math.sin((2 * Math.PI * minute) / 1440);
    const options = { minutes: 3 * 1440 + 180, trendMs: 150 * MINUTE, limit: 84, horizonMs: 180 * MINUTE };
    expect(asked(daily, options)).toBeNull();
    expect(asked(daily, { ...options, minutes: 180 })).not.toBeNull();
  });

  it('needs enough samples', () => {
    expect(asked((minute) => 60 + minute, { minutes: 2 })).toBeNull();
    expect(asked(() => 60, { atMs: new Float64Array(), values: new Float64Array() })).toBeNull();
  });

  it('never throws, and its interval is in order', () => {
    const sample = fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 80 }), fc.constantFrom('up', 'down'), (samples, worse) => {
        let at = 0;
        const atMs = Float64Array.from(samples, ([gap]) => (at += gap));
        const values = Float64Array.from(samples, ([, value]) => value);
        const found = forecastLimit({ atMs, values, limit: 5, worse, trendMs: 1e6, horizonMs: 1e7 });
        if (found === null) return;
        expect(found.earliestMs).toBeLessThanOrEqual(found.inMs);
        expect(found.inMs).toBeLessThanOrEqual(found.latestMs);
      }),
    );
  });
});
