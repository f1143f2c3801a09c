import { floorPercent } from '../common-parameters.ts';
import type { Parameters } from '../detector.ts';

/** What can be set on the LSTM detector. */
export const PARAMETERS = {
  limit: {
    default: 2,
    minimum: 0.1,
    maximum: 100,
    unit: 'times the usual largest error',
    text: 'Anomalous when the forecast is off by so many times the error it is hardly ever off by.',
  },
  errorQuantile: {
    default: 0.99,
    minimum: 0.5,
    maximum: 1,
    unit: 'share of the past errors',
    text: 'The error it is hardly ever off by: this quantile of the errors of the last 512 forecasts.',
  },
  hidden: {
    default: 32,
    minimum: 2,
    maximum: 128,
    unit: 'units',
    text: 'Size of the memory: the cost of a forecast grows with its square.',
  },
  window: {
    default: 30,
    minimum: 4,
    maximum: 200,
    unit: 'samples',
    text: 'Samples a forecast is made from: the cost of a forecast grows in proportion.',
  },
  memory: {
    default: 2048,
    minimum: 64,
    maximum: 20_000,
    unit: 'samples',
    text: 'Newest samples to train on; training has ended for good once so many were trained on.',
  },
  learningRate: {
    default: 0.005,
    minimum: 0.000_01,
    maximum: 0.1,
    unit: 'share of a step',
    text: 'Length of a step of the training: larger ones learn sooner and forget sooner.',
  },
  floorPercent: floorPercent(2),
} as const satisfies Parameters;
