import { RandomForestClassifier } from 'ml-random-forest';
import { describe, expect, it } from 'vitest';
import { predictForest } from '../../../../../src/core/risk/forest/forest.ts';
import { histogramForest } from '../../../../../src/core/risk/engines/histogram-forest.ts';
import type { LibraryForest } from '../../../../../src/core/risk/engines/library-forest.ts';
import { fromLibrary } from '../../../../../src/core/risk/engines/library-forest.ts';
import { mlRandomForest } from '../../../../../src/core/risk/engines/ml-random-forest.ts';
import { rocAuc } from '../../../../../src/core/risk/metrics.ts';
import { seededRandom } from '../../../../../src/core/risk/random.ts';

const settings = { trees: 10, minLeaf: 3, positiveWeight: 'balanced', seed: 4 } as const;

function sample(rows: number, positiveShare: number, seed: number) {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: rows }, () => Number(random() < positiveShare));
  const columns = [
    Float64Array.from(labels, (label) => random() + label * 0.8),
    Float64Array.from(labels, () => random()),
    Float64Array.from(labels, (label) => (random() < 0.2 ? NaN : random() + label * 0.4)),
  ];
  return { columns, labels, weights: null };
}

function auc(forest: ReturnType<typeof mlRandomForest.fit>, test: ReturnType<typeof sample>): number {
  const scores = Float64Array.from(test.labels, (_, i) =>
    predictForest(
      forest,
      Float64Array.from(test.columns, (column) => column[i]!),
    ),
  );
  return rocAuc(scores, test.labels);
}

describe('mlRandomForest', () => {
  it('votes as the library does, averaged over its trees', () => {
    const data = sample(80, 0.4, 1);
    data.columns.pop();
    const rows = Array.from(data.labels.keys());
    const library = new RandomForestClassifier({
      seed: 9,
      nEstimators: 7,
      maxFeatures: 2,
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
      // Leaves of one row are pure: hard and soft votes are then the same.
      treeOptions: { gainThreshold: 0, minNumSamples: 1, maxDepth: 60 },
    });
    const matrix = rows.map((row) => data.columns.map((column) => column[row]!));
    library.train(matrix, [...data.labels]);
    const forest = fromLibrary(library as unknown as LibraryForest, data, rows, [0.5, 0.5]);
    const votes = library.predictionValues(matrix) as unknown as { getRow(row: number): number[] };
    for (const row of rows) {
      const mean = votes.getRow(row).reduce((sum, vote) => sum + vote, 0) / 7;
      expect(predictForest(forest, Float64Array.from(matrix[row]!))).toBeCloseTo(mean, 4);
    }
  });

  it('learns a rare class that the library by itself does not split on', () => {
    const train = sample(1500, 0.03, 2);
    const test = sample(1500, 0.03, 3);
    const own = auc(histogramForest.fit(train, settings), test);
    expect(auc(mlRandomForest.fit(train, settings), test)).toBeGreaterThan(0.85);
    expect(Math.abs(auc(mlRandomForest.fit(train, settings), test) - own)).toBeLessThan(0.08);
  });

  it('is the same for the same seed', () => {
    const train = sample(500, 0.2, 5);
    expect(mlRandomForest.fit(train, settings)).toEqual(mlRandomForest.fit(train, settings));
  });
});
