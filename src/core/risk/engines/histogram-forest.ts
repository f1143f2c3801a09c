import { growForest } from '../forest/grow.ts';
import type { RiskEngine } from './engine.ts';

/** The default engine: rollwatch's own forest on histograms, made for ten thousands of rows in seconds. */
export const histogramForest: RiskEngine = {
  name: 'histogram-forest',
  text: 'own histogram forest in typed arrays: missing values, class weights, soft leaves',
  fit(data, settings) {
    const positives = data.labels.reduce((sum, label) => sum + label, 0);
    return growForest(data.columns, data.labels, data.weights, {
      trees: settings.trees,
      minLeaf: settings.minLeaf,
      featuresPerSplit: Math.max(1, Math.round(Math.sqrt(data.columns.length))),
      maxDepth: 40,
      positiveWeight:
        settings.positiveWeight === 'balanced' ? (data.labels.length - positives) / positives : settings.positiveWeight,
      sampleShare: 1,
      seed: settings.seed,
    });
  },
};
