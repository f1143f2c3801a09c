import { SeededUniform } from '../../src/core/stats/seeded-uniform.ts';

const RESAMPLES = 2000;

/** 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share of `hits` among `count`. */
export function wilson(hits: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const p = hits / count;
  const centre = p + (z * z) / (2 * count);
  const reach = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return { low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}

/** Percentile interval of a statistic of groups drawn with replacement; the same in every run. */
export function bootstrap(groups: number, statistic: (drawn: Int32Array) => number): Interval {
  const random = new SeededUniform(7);
  const drawn = new Int32Array(groups);
  const values = Float64Array.from({ length: RESAMPLES }, () => {
    for (let i = 0; i < groups; i += 1) drawn[i] = Math.floor(random.next() * groups);
    return statistic(drawn);
  }).sort();
  return { low: values[Math.floor(RESAMPLES * 0.025)]!, high: values[Math.floor(RESAMPLES * 0.975)]! };
}

/** 2·TP / (2·TP + FP + FN); 0 where nothing is found and nothing was there. */
export function f1Of(truePositives: number, falsePositives: number, positives: number): number {
  return truePositives === 0 ? 0 : (2 * truePositives) / (truePositives + falsePositives + positives);
}
