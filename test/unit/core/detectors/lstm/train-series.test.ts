import { describe, expect, it } from 'vitest';
import { lstm } from '../../../../../src/core/detectors/lstm/lstm.ts';
import { trainOnSeries } from '../../../../../src/core/detectors/lstm/train-series.ts';

const SERIES = { metric: 'latency', worse: 'both', limit: null, seed: 5 } as const;
const PARAMETERS = { hidden: 8, window: 12, learningRate: 0.02 };
/** A wave of 20 samples: no step of it is unusual, its order is. */
const wave = (i: number): number => 200 + 50 * Math.sin((2 * Math.PI * i) / 20);
const VALUES = Array.from({ length: 600 }, (_, i) => wave(i));
const TIMES = VALUES.map((_, i) => i * 60_000);

function trained() {
  return lstm.restore(
    SERIES,
    PARAMETERS,
    trainOnSeries(VALUES, TIMES, PARAMETERS, 5, () => undefined),
  );
}

describe('trainOnSeries', () => {
  it('gives a detector that expects the wave to go on and finds a value that comes at the wrong time', () => {
    const detector = trained();
    for (let i = 600; i < 640; i += 1) {
      expect(detector.scoreOne(wave(i), i * 60_000)).toBeLessThan(1);
      // Half a wave early: ordinary by itself, wrong here except near the middle.
      if (Math.abs(wave(i) - 200) > 30) expect(detector.scoreOne(wave(i + 10), i * 60_000)).toBeGreaterThan(1);
      detector.learnOne(wave(i), i * 60_000);
    }
  });

  it('leaves the weights as they are from then on', () => {
    const detector = trained();
    const weights = (): unknown => (detector.save() as { readonly weights: readonly number[] }).weights;
    const before = weights();
    for (let i = 600; i < 700; i += 1) detector.learnOne(wave(i) * 2, i * 60_000);
    expect(weights()).toEqual(before);
  });

  it('gives the same state for the same seed', () => {
    expect(trained().save()).toEqual(trained().save());
  });

  it('says when there is too little', () => {
    expect(() => trainOnSeries(VALUES.slice(0, 15), TIMES, PARAMETERS, 5, () => undefined)).toThrow('more than 15');
  });
});
