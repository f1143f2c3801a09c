import { describe, expect, it } from 'vitest';
import { growForest } from '../../../../../src/core/risk/forest/grow.ts';
import { restoreForest, storeForest } from '../../../../../src/core/risk/forest/stored-forest.ts';
import { seededRandom } from '../../../../../src/core/risk/random.ts';

const random = seededRandom(3);
const columns = [0, 1, 2].map(() => Float64Array.from({ length: 600 }, () => (random() < 0.1 ? NaN : random() * 10)));
const labels = Uint8Array.from(columns[0]!, (value) => Number(value > 6 || random() < 0.2));
const forest = growForest(columns, labels, null, {
  trees: 12,
  minLeaf: 4,
  featuresPerSplit: 2,
  maxDepth: 30,
  positiveWeight: 2,
  sampleShare: 1,
  seed: 5,
});

describe('storeForest', () => {
  it('keeps the forest bit for bit through JSON', () => {
    const stored = JSON.parse(JSON.stringify(storeForest(forest))) as ReturnType<typeof storeForest>;
    expect(restoreForest(stored, 3)).toEqual(forest);
  });

  it.each([
    ['cut off', (nodes: string) => nodes.slice(0, nodes.length - 4)],
    ['not base64', (nodes: string) => `${nodes.slice(4)}§§§§`],
    ['empty', () => ''],
  ])('refuses nodes that are %s', (_, damage) => {
    const stored = storeForest(forest);
    expect(() => restoreForest({ ...stored, nodes: damage(stored.nodes) }, 3)).toThrow(/forest is damaged/);
  });

  it('refuses a tree too many', () => {
    const stored = storeForest(forest);
    expect(() => restoreForest({ ...stored, trees: stored.trees + 1 }, 3)).toThrow(/ends too early/);
    expect(() => restoreForest({ ...stored, trees: stored.trees - 1 }, 3)).toThrow(/left over/);
  });
});
