import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeForest, predictForest } from '../../../../../src/core/risk/forest/forest.ts';
import { growForest } from '../../../../../src/core/risk/forest/grow.ts';
import { rocAuc } from '../../../../../src/core/risk/metrics.ts';
import { seededRandom } from '../../../../../src/core/risk/random.ts';

const settings = {
  trees: 30,
  minLeaf: 5,
  featuresPerSplit: 2,
  maxDepth: 20,
  positiveWeight: 1,
  sampleShare: 1,
  seed: 7,
};

/** `signal` decides the label but for one row in ten; `noise` says nothing; a tenth of the values is missing. */
function sample(rows: number, seed: number): { columns: Float64Array[]; labels: Uint8Array } {
  const random = seededRandom(seed);
  const signal = new Float64Array(rows);
  const noise = new Float64Array(rows);
  const labels = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = random();
    labels[i] = Number(value > 0.8) ^ Number(random() < 0.1);
    signal[i] = random() < 0.1 ? NaN : value;
    noise[i] = random();
  }
  return { columns: [noise, signal], labels };
}

function scores(forest: ReturnType<typeof growForest>, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns[0]!, (_, i) =>
    predictForest(
      forest,
      Float64Array.from(columns, (c) => c[i]!),
    ),
  );
}

describe('growForest', () => {
  const train = sample(800, 1);
  const test = sample(800, 2);

  it('learns a signal through noise and missing values', () => {
    const forest = growForest(train.columns, train.labels, null, settings);
    expect(rocAuc(scores(forest, test.columns), test.labels)).toBeGreaterThan(0.8);
  });

  it('grows the same forest from the same seed and another from another', () => {
    const first = growForest(train.columns, train.labels, null, settings);
    expect(growForest(train.columns, train.labels, null, settings)).toEqual(first);
    expect(growForest(train.columns, train.labels, null, { ...settings, seed: 8 })).not.toEqual(first);
  });

  it('respects the smallest leaf: every tree of a forest with leaves of half the rows is a stump or a root', () => {
    const forest = growForest(train.columns, train.labels, null, { ...settings, minLeaf: 400 });
    expect(forest.feature.length).toBeLessThanOrEqual(forest.roots.length * 3);
  });

  it('draws only rows that have weight', () => {
    const weights = Float64Array.from(train.labels, (label) => (label === 0 ? 1 : 0));
    const forest = growForest(train.columns, train.labels, weights, settings);
    expect(Math.max(...forest.value)).toBe(0);
  });

  it('learns from a value being missing', () => {
    const labels = Uint8Array.from({ length: 400 }, (_, i) => Number(i % 4 === 0));
    const column = Float64Array.from(labels, (label) => (label === 1 ? NaN : 3));
    const forest = growForest([column], labels, null, { ...settings, featuresPerSplit: 1 });
    expect(predictForest(forest, Float64Array.of(NaN))).toBe(1);
    expect(predictForest(forest, Float64Array.of(3))).toBe(0);
    expect(predictForest(forest, Float64Array.of(99))).toBe(0);
  });

  it('separates far more distinct values than it has bins', () => {
    const column = Float64Array.from({ length: 5000 }, (_, i) => i);
    const labels = Uint8Array.from(column, (value) => Number(value >= 2500));
    const forest = growForest([column], labels, null, { ...settings, featuresPerSplit: 1 });
    expect(predictForest(forest, Float64Array.of(2400))).toBe(0);
    expect(predictForest(forest, Float64Array.of(2600))).toBe(1);
  });

  it('explains every prediction exactly', () => {
    const forest = growForest(train.columns, train.labels, null, settings);
    const value = fc.oneof(fc.double({ min: -1, max: 2 }), fc.constant(NaN));
    fc.assert(
      fc.property(value, value, (noise, signal) => {
        const row = Float64Array.of(noise, signal);
        const { bias, contributions } = attributeForest(forest, row);
        const sum = contributions.reduce((total, part) => total + part, bias);
        expect(Math.abs(sum - predictForest(forest, row))).toBeLessThan(1e-12);
      }),
    );
  });
});
