import type { Parameters } from '../detector.ts';

/** What can be set. The defaults were chosen on the deployment cases of `npm run bench:detection`, and held across its blocks. */
export const PARAMETERS = {
  limit: {
    default: 2.4,
    minimum: 0.5,
    maximum: 100,
    unit: 'calibrated deviations',
    text: 'Anomalous beyond this mean of three samples, relative to the root of how high it goes by itself: about 5 of 100 quiet two-hour windows pass.',
  },
  window: {
    default: 30,
    minimum: 5,
    maximum: 1000,
    unit: 'samples',
    text: 'The level before a sample is the median of so many samples: long enough to be steady, short enough to follow the day.',
  },
  gracePeriod: {
    default: 10,
    minimum: 5,
    maximum: 100_000,
    unit: 'samples',
    text: 'Samples to learn before anything is scored: fewer say little about level and deviation.',
  },
  floorPercent: {
    default: 1,
    minimum: 0,
    maximum: 100,
    unit: 'percent of the level',
    text: 'The deviation counts as at least this much, so that a very steady series does not fire on a change nobody would act on.',
  },
} as const satisfies Parameters;

/** The parameters with their values. */
export type Settings = Readonly<Record<keyof typeof PARAMETERS, number>>;
