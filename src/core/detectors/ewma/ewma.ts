import { BandDetector, type BandModel } from '../band.ts';
import { floorPercent, gracePeriod } from '../common-parameters.ts';
import type { DetectorKind, Parameters } from '../detector.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';

const PARAMETERS = {
  limit: {
    default: 3,
    minimum: 0.5,
    maximum: 100,
    unit: 'deviations of the average',
    text: 'Anomalous when the weighted average is farther than this from the long-run mean; 3 is the usual control limit.',
  },
  weight: {
    default: 0.3,
    minimum: 0.01,
    maximum: 1,
    unit: 'share',
    text: 'Weight of the newest sample in the average: smaller finds smaller shifts, later.',
  },
  memory: {
    default: 240,
    minimum: 10,
    maximum: 100_000,
    unit: 'samples',
    text: 'How many samples the long-run mean and deviation remember; a slow drift within it is not seen.',
  },
  gracePeriod: gracePeriod(20),
  floorPercent: floorPercent(2),
} as const satisfies Parameters;

/** An EWMA control chart. The band is given for the value: the average leaves its limits exactly when the value leaves it. */
function ewmaModel(settings: Readonly<Record<string, number>>, saved: readonly number[]): BandModel {
  const weight = settings['weight']!;
  const slowest = 1 / settings['memory']!;
  const spread = Math.sqrt(weight / (2 - weight));
  let [average, mean, variance, count] = [saved[0] ?? 0, saved[1] ?? 0, saved[2] ?? 0, saved[3] ?? 0];
  return {
    expect: (_value, _atMs, band) => {
      if (count < settings['gracePeriod']!) return false;
      const deviation = Math.max(Math.sqrt(variance), (Math.abs(mean) * settings['floorPercent']!) / 100);
      band.centre = mean - ((1 - weight) * (average - mean)) / weight;
      band.scale = (deviation * spread) / weight;
      return true;
    },
    learn: (value) => {
      count += 1;
      const step = Math.max(slowest, 1 / count);
      const distance = value - mean;
      mean += step * distance;
      variance = (1 - step) * (variance + step * distance * distance);
      average = count === 1 ? value : average + weight * (value - average);
    },
    save: () => ({ chart: [average, mean, variance, count] }),
  };
}

/** Registry entry of the EWMA chart. */
export const ewma: DetectorKind = {
  name: 'ewma',
  text: 'Exponentially weighted average against its long-run mean: small shifts that stay.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    const settings = completeParameters('ewma', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, ewmaModel(settings, []));
  },
  restore(series, parameters, state) {
    const settings = completeParameters('ewma', PARAMETERS, parameters);
    return new BandDetector(
      series,
      settings['limit']!,
      ewmaModel(settings, savedState('ewma', state).numbers('chart')),
    );
  },
};
