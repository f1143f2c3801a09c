import type { DetectorState } from '../detector.ts';
import { completeParameters } from '../parameters.ts';
import { Forecaster } from './forecaster.ts';
import { PARAMETERS } from './parameters.ts';
import { fitScaler, INPUTS, savedScaler, scaled, writeInputs } from './scaler.ts';
import { trainNetwork, type TrainingProgress } from './train.ts';

/** Share of the samples the weights are fitted to; the errors of the rest are what the forecasts are measured by. */
const FITTED_SHARE = 0.8;
const MOST_WINDOWS = 5000;
const EPOCHS = 5;
/** Steps of an epoch: short series have small batches rather than few steps. */
const BATCHES = 80;
const LARGEST_BATCH = 64;

/**
 * Trains the detector `lstm` on a whole series, in order of time and finite, and gives the state of a detector that has
 * seen all of it and whose weights stay as they are.
 *
 * Five epochs over at most 5,000 windows. Throws RangeError for less than `window` + 2 samples in the first 80 %, or
 * for a wrong parameter.
 */
export function trainOnSeries(
  values: readonly number[],
  times: readonly number[],
  parameters: Readonly<Record<string, number>>,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
): DetectorState {
  const settings = completeParameters('lstm', PARAMETERS, parameters);
  const shape = { inputs: INPUTS, hidden: Math.round(settings['hidden']!), window: Math.round(settings['window']!) };
  const fitted = Math.floor(values.length * FITTED_SHARE);
  if (fitted < shape.window + 2) throw new RangeError(`lstm needs more than ${values.length} samples to train on`);
  const scaler = fitScaler(values.slice(0, fitted), times.slice(0, fitted));
  const rows = new Float64Array(fitted * INPUTS);
  writeInputs(scaler, values, times, 0, fitted, rows);
  const windows = Math.min(MOST_WINDOWS, fitted - shape.window);
  const first = fitted - shape.window - windows;
  const starts = Int32Array.from({ length: windows }, (_, i) => first + i);
  const targets = Float64Array.from(starts, (start) => {
    const after = start + shape.window;
    return scaled(scaler, values[after]! - values[after - 1]!);
  });
  const batch = Math.min(LARGEST_BATCH, Math.ceil(windows / BATCHES));
  const rate = settings['learningRate']!;
  const { network } = trainNetwork(rows, starts, targets, { shape, batch, epochs: EPOCHS, rate, seed }, onProgress);
  const forecaster = new Forecaster(settings, seed, {
    weights: [...network.weights],
    moments: [],
    steps: 0,
    scaler: savedScaler(scaler),
    seed,
    errors: [],
    values: values.slice(first, fitted),
    times: times.slice(first, fitted),
    learned: fitted,
    nextAt: 0,
    left: 0,
    ready: 1,
  });
  for (let i = fitted; i < values.length; i += 1) forecaster.learn(values[i]!, times[i]!);
  return forecaster.save();
}
