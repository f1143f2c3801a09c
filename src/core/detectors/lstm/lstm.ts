import { BandDetector } from '../band.ts';
import type { DetectorKind } from '../detector.ts';
import { completeParameters } from '../parameters.ts';
import { Forecaster } from './forecaster.ts';
import { PARAMETERS } from './parameters.ts';

/** Registry entry of the LSTM forecaster. Off by default; why: README.md beside this file. */
export const lstm: DetectorKind = {
  name: 'lstm',
  text: 'Distance from the forecast of a small recurrent network, over the error it is hardly ever off by.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    const settings = completeParameters('lstm', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, new Forecaster(settings, series.seed, null));
  },
  restore(series, parameters, state) {
    const settings = completeParameters('lstm', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, new Forecaster(settings, series.seed, state));
  },
};
