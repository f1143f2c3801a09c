import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector, DetectorKind, SeriesContext } from '../../src/core/detectors/detector.ts';
import { detectorKind, detectors } from '../../src/core/detectors/registry.ts';

const SERIES: SeriesContext = { metric: 'response_time', worse: 'up', limit: 600, seed: 7 };
const KINDS: readonly DetectorKind[] = Object.values(detectors);

/** A small multiplicative generator: the same noise in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** 60 quiet samples around 120 ms, then a jump above every limit at index 60. */
function seededSeries(): readonly number[] {
  const random = noise(42);
  return Array.from({ length: 80 }, (_, i) => (i < 60 ? 115 + random() * 10 : 900 + random() * 10));
}

function alarms(detector: Detector, values: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (const [i, value] of values.entries()) {
    const score = detector.scoreOne(value, i * 1000);
    if (score > 1) found.push(i);
    else detector.learnOne(value, i * 1000);
  }
  return found;
}

function scores(detector: Detector, values: readonly number[]): readonly number[] {
  return values.map((value, i) => {
    const score = detector.scoreOne(value, i * 1000);
    detector.learnOne(value, i * 1000);
    return score;
  });
}

const anyValue = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e300, -1e300, 5e-324),
);

describe('registry', () => {
  it('has exactly one entry per folder, under its own name', () => {
    const folders = readdirSync(new URL('../../src/core/detectors', import.meta.url), { withFileTypes: true });
    expect(
      folders
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort(),
    ).toEqual(Object.keys(detectors).sort());
    for (const [name, kind] of Object.entries(detectors)) expect(kind.name).toBe(name);
  });

  it('answers an unknown name with the known ones', () => {
    expect(() => detectorKind('zcsore')).toThrow('unknown detector "zcsore"; known: threshold, zscore');
    expect(() => detectorKind('toString')).toThrow('unknown detector');
  });
});

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('detector %s', (_name, kind) => {
  it('documents every parameter, with its default inside its range', () => {
    expect(kind.text).toMatch(/\.$/);
    for (const parameter of Object.values(kind.parameters)) {
      expect(parameter.text.length).toBeGreaterThan(20);
      expect(parameter.unit).not.toBe('');
      expect(parameter.default).toBeGreaterThanOrEqual(parameter.minimum);
      expect(parameter.default).toBeLessThanOrEqual(parameter.maximum);
    }
  });

  it('refuses unknown parameters and values outside the range', () => {
    expect(() => kind.create(SERIES, { nonsense: 1 })).toThrow('no parameter "nonsense"');
    for (const [name, parameter] of Object.entries(kind.parameters)) {
      expect(() => kind.create(SERIES, { [name]: parameter.maximum + 1 })).toThrow(name);
      expect(() => kind.create(SERIES, { [name]: Number.NaN })).toThrow(name);
      expect(() => kind.create(SERIES, { [name]: parameter.minimum })).not.toThrow();
    }
  });

  it('scores without changing its state, whatever the value', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 100 }), anyValue, (history, value) => {
        const detector = kind.create(SERIES, {});
        for (const [i, past] of history.entries()) detector.learnOne(past, i * 1000);
        const before = JSON.stringify(detector.save());
        const first = detector.scoreOne(value, 1e6);
        const again = detector.scoreOne(value, 1e6);
        detector.explain(value, 1e6);
        expect(JSON.stringify(detector.save())).toBe(before);
        expect(again).toBe(first);
      }),
      { numRuns: 50 },
    );
  });

  it('gives finite scores of 0 or more, or NaN, and NaN for what is not a number', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 200 }), (values) => {
        const all = scores(kind.create(SERIES, {}), values);
        for (const [i, score] of all.entries()) {
          if (Number.isFinite(values[i])) expect(Number.isNaN(score) || (score >= 0 && score <= 1000)).toBe(true);
          else expect(score).toBeNaN();
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has a quick part that is no more than the score, and the score where one of them passes the limit', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 200 }), (values) => {
        const detector = kind.create(SERIES, {});
        for (const [i, value] of values.entries()) {
          const atMs = i * 60_000;
          const score = detector.scoreOne(value, atMs);
          const quick = detector.quickOne?.(value, atMs) ?? score;
          if (score > 1 || quick > 1 || Number.isNaN(score)) expect(quick).toBe(score);
          else expect(quick).toBeLessThanOrEqual(score);
          detector.learnOne(value, atMs);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is not poisoned by NaN and infinities between samples', () => {
    const quiet = seededSeries().slice(0, 60);
    const holes = quiet.flatMap((value) => [value, Number.NaN, Number.POSITIVE_INFINITY]);
    const clean = kind.create(SERIES, {});
    const holed = kind.create(SERIES, {});
    scores(clean, quiet);
    scores(holed, holes);
    expect(holed.scoreOne(900, 1e9)).toBe(clean.scoreOne(900, 1e9));
  });

  it('is not disturbed by gaps in time', () => {
    const detector = kind.create(SERIES, {});
    for (const [i, value] of seededSeries().slice(0, 60).entries()) detector.learnOne(value, i * (i > 30 ? 1e9 : 1000));
    expect(detector.scoreOne(120, 1e12)).toBeLessThanOrEqual(1);
    expect(detector.scoreOne(900, 1e12)).toBeGreaterThan(1);
  });

  it('gives the same scores for the same seed', () => {
    expect(scores(kind.create(SERIES, {}), seededSeries())).toEqual(scores(kind.create(SERIES, {}), seededSeries()));
  });

  it.each([0, 1, -3, 0.1, 599.999, 1e12, -1e12])('never fires on a constant series of %d', (constant) => {
    const series: SeriesContext = { ...SERIES, limit: constant };
    const detector = kind.create(series, {});
    expect(
      alarms(
        detector,
        Array.from({ length: 500 }, () => constant),
      ),
    ).toEqual([]);
  });

  it('gives equal next scores after save and restore', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 200 }), fc.array(anyValue, { maxLength: 100 }), (past, next) => {
        const original = kind.create(SERIES, {});
        scores(original, past);
        const state: unknown = JSON.parse(JSON.stringify(original.save()));
        const restored = kind.restore(SERIES, {}, state as ReturnType<Detector['save']>);
        expect(scores(restored, next)).toEqual(scores(original, next));
      }),
      { numRuns: 50 },
    );
  });

  it('goes on after save and restore with weeks behind it, and holds no more after five weeks than after three', () => {
    // A sample every ten minutes; the LSTM takes a hundred times as long as the others for each.
    const [week, parameters] = kind.name === 'lstm' ? [90, { memory: 256 }] : [7 * 144, {}];
    const random = noise(5);
    const all = Array.from({ length: 5 * week }, (_, i) => 100 + 30 * Math.sin((i / 144) * 2 * Math.PI) + 5 * random());
    const next = (detector: Detector, i: number): number => {
      const score = detector.scoreOne(all[i]!, i * 600_000);
      detector.learnOne(all[i]!, i * 600_000);
      return score;
    };
    const size = (detector: Detector): number => JSON.stringify(detector.save()).split(',').length;
    const original = kind.create(SERIES, parameters);
    for (let i = 0; i < 3 * week; i += 1) next(original, i);
    const restored = kind.restore(
      SERIES,
      parameters,
      JSON.parse(JSON.stringify(original.save())) as ReturnType<Detector['save']>,
    );
    const before = size(original);
    for (let i = 3 * week; i < 5 * week; i += 1) {
      const score = next(original, i);
      // Sums of a moving window are taken anew at times of their own.
      if (i < 3 * week + 90) expect(next(restored, i)).toBeCloseTo(score, 9);
    }
    expect(size(original)).toBeLessThanOrEqual(before * 1.5);
  });

  it('fires exactly from the jump on, at index 60 of the seeded series', () => {
    expect(alarms(kind.create(SERIES, {}), seededSeries())).toEqual(Array.from({ length: 20 }, (_, i) => 60 + i));
  });

  it('stops firing as many samples after an incident as a score rests on, though nothing of it was learned', () => {
    const detector = kind.create(SERIES, {});
    const quiet = seededSeries().slice(0, 60);
    for (const [i, value] of quiet.entries()) detector.learnOne(value, i * 1000);
    for (let i = 60; i < 70; i += 1) {
      expect(detector.scoreOne(900, i * 1000)).toBeGreaterThan(1);
      detector.passOne?.(900, i * 1000);
    }
    for (let i = 70; i < 70 + (kind.restsOn ?? 1); i += 1) detector.passOne?.(120, i * 1000);
    expect(detector.scoreOne(120, 80_000)).toBeLessThanOrEqual(1);
  });

  it('never fires on the good side of a one-sided metric', () => {
    const values = seededSeries();
    const falling = kind.create({ ...SERIES, limit: 2000 }, {});
    for (const value of values.slice(0, 60)) falling.learnOne(value, 0);
    expect(falling.scoreOne(1, 1e6)).toBeLessThanOrEqual(1);
    const rising = kind.create({ ...SERIES, worse: 'down', limit: 10 }, {});
    for (const value of values.slice(0, 60)) rising.learnOne(value, 0);
    expect(rising.scoreOne(1e6, 1e6)).toBeLessThanOrEqual(1);
    expect(rising.scoreOne(1, 1e6)).toBeGreaterThan(1);
  });
});
