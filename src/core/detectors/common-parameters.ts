import type { Parameter } from './detector.ts';

/** Samples to learn before anything is scored. */
export function gracePeriod(samples: number): Parameter {
  return {
    default: samples,
    minimum: 2,
    maximum: 100_000,
    unit: 'samples',
    text: 'Samples to learn before anything is scored: fewer say little about what is usual.',
  };
}

/** Least length of a deviation, as a share of the centre. */
export function floorPercent(percent: number): Parameter {
  return {
    default: percent,
    minimum: 0,
    maximum: 100,
    unit: 'percent of the centre',
    text: 'The deviation counts as at least this much, so that a very steady series does not fire on a change nobody would act on.',
  };
}
