import { SortedWindow } from '../../stats/sorted-window.ts';
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
    unit: 'robust deviations',
    text: 'Anomalous beyond this distance from the median of the window; 3 is the usual choice of the Hampel filter.',
  },
  window: {
    default: 60,
    minimum: 3,
    maximum: 10_000,
    unit: 'samples',
    text: 'Trailing window the median is taken from; the sample that is scored is not in it.',
  },
  gracePeriod: gracePeriod(10),
  floorPercent: floorPercent(2),
} as const satisfies Parameters;

/** Median and median absolute deviation of a trailing window. Formula and limits: README.md beside this file. */
function hampelModel(settings: Readonly<Record<string, number>>, values: readonly number[]): BandModel {
  const window = SortedWindow.restore(Math.round(settings['window']!), values);
  const grace = Math.min(settings['gracePeriod']!, settings['window']!);
  const floorRatio = settings['floorPercent']! / 100;
  return {
    expect: (_value, _atMs, band) => {
      if (window.count < grace) return false;
      band.centre = window.median();
      band.scale = Math.max(window.mad(band.centre), Math.abs(band.centre) * floorRatio);
      return true;
    },
    learn: (value) => window.push(value),
    save: () => ({ values: window.save() }),
  };
}

/** Registry entry of the Hampel filter. */
export const hampel: DetectorKind = {
  name: 'hampel',
  text: 'Distance from the median of the samples before it, in median absolute deviations.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    const settings = completeParameters('hampel', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, hampelModel(settings, []));
  },
  restore(series, parameters, state) {
    const settings = completeParameters('hampel', PARAMETERS, parameters);
    return new BandDetector(
      series,
      settings['limit']!,
      hampelModel(settings, savedState('hampel', state).numbers('values')),
    );
  },
};
