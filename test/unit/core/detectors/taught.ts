import type { Detector, SeriesContext } from '../../../../src/core/detectors/detector.ts';
import { detectorKind } from '../../../../src/core/detectors/registry.ts';

const MINUTE_MS = 60_000;

/** A detector that has learned these values, one a minute from time 0. */
export function taught(
  name: string,
  values: readonly number[],
  parameters: Readonly<Record<string, number>> = {},
  worse: SeriesContext['worse'] = 'both',
): Detector {
  const detector = detectorKind(name).create({ metric: 'm', worse, limit: null, seed: 5 }, parameters);
  for (const [i, value] of values.entries()) detector.learnOne(value, i * MINUTE_MS);
  return detector;
}

/** Days of minutes that rise to 200 between 12:00 and 13:00 every day and rest at 100, with a ripple of ±1. */
export function daysWithNoonPeak(days: number): readonly number[] {
  return Array.from({ length: days * 1440 }, (_, i) => {
    const minute = i % 1440;
    return (minute >= 720 && minute < 780 ? 200 : 100) + ((i * 7) % 3) - 1;
  });
}
