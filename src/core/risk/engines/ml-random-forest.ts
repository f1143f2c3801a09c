import { RandomForestClassifier } from 'ml-random-forest';
import { seededRandom } from '../random.ts';
import type { Forest } from '../forest/forest.ts';
import type { EngineSettings, RiskEngine, TrainingColumns } from './engine.ts';
import type { LibraryForest } from './library-forest.ts';
import { fromLibrary, joinForests } from './library-forest.ts';

/** The library rescans all rows for every candidate split: 400 rows take about 30 ms a tree, 2,000 a second. */
const ROWS_PER_GROUP = 400;
const TREES_PER_GROUP = 5;
const MOST_TREES = 60;

/**
 * The `ml-random-forest` library (2.1.0) behind the port, with what its audit asks for:
 *
 * - rows are subsampled by us, at random and anew for each group of trees (`maxSamples` takes the first, oldest rows),
 *   keeping up to half of the sample for positives (it has no class weights); calibration corrects the shift;
 * - `gainThreshold: 0` (the default 0.01 refuses every split of a rare class);
 * - votes are averaged over the trees' leaf distributions by us (`predictProbability` counts the first vote as sum);
 * - missing values are filled with the median for training, because the library sends NaN right without saying so;
 * - the result is kept in our own form, because `load()` loses what an explanation needs.
 *
 * `positiveWeight` has no effect beyond the sampling; trees beyond 60 are not grown.
 */
export const mlRandomForest: RiskEngine = {
  name: 'ml-random-forest',
  text: 'the ml-random-forest library on random subsamples of 400 rows',
  fit(data, settings) {
    const medians = data.columns.map(medianOf);
    const random = seededRandom(settings.seed);
    const trees = Math.min(settings.trees, MOST_TREES);
    const parts: Forest[] = [];
    for (let grown = 0; grown < trees; grown += TREES_PER_GROUP) {
      const rows = drawRows(data, random);
      const library = trainLibrary(data, rows, medians, Math.min(TREES_PER_GROUP, trees - grown), settings, random);
      parts.push(fromLibrary(library, data, rows, medians));
    }
    return joinForests(parts);
  },
};

function trainLibrary(
  data: TrainingColumns,
  rows: readonly number[],
  medians: readonly number[],
  trees: number,
  settings: EngineSettings,
  random: () => number,
): LibraryForest {
  const forest = new RandomForestClassifier({
    seed: Math.floor(random() * 2147483647),
    nEstimators: trees,
    // Features are drawn once per tree: half of them, so that a tree of two or three weak ones is not the rule.
    maxFeatures: Math.max(1, Math.ceil(data.columns.length / 2)),
    replacement: false,
    useSampleBagging: true,
    noOOB: true,
    treeOptions: { gainThreshold: 0, minNumSamples: Math.max(2, settings.minLeaf), maxDepth: 40 },
  });
  forest.train(
    rows.map((row) => data.columns.map((column, f) => filled(column[row]!, medians[f]!))),
    rows.map((row) => data.labels[row]!),
  );
  return forest as unknown as LibraryForest;
}

/** All rows when few; else a random sample, at most half of it positive, by weight where there are weights. */
function drawRows(data: TrainingColumns, random: () => number): readonly number[] {
  const all = Array.from(data.labels.keys());
  if (all.length <= ROWS_PER_GROUP) return all;
  const keys = all.map((row) => Math.log(1 - random()) / (data.weights?.[row] ?? 1));
  const byKey = all.sort((a, b) => keys[b]! - keys[a]!);
  const positives = byKey.filter((row) => data.labels[row] === 1).slice(0, ROWS_PER_GROUP / 2);
  const others = byKey.filter((row) => data.labels[row] === 0).slice(0, ROWS_PER_GROUP - positives.length);
  return [...positives, ...others].sort((a, b) => a - b);
}

function medianOf(column: Float64Array): number {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  return known[known.length >> 1] ?? 0;
}

function filled(value: number, median: number): number {
  return Number.isNaN(value) ? median : value;
}
