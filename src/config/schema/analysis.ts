import { z } from 'zod';
import { detectors } from '../../core/detectors/registry.ts';
import type { DetectorKind, Parameter } from '../../core/detectors/detector.ts';
import { count, duration, flag, number, section, words } from './words.ts';

const SECOND = 1000;
const DAY = 86_400_000;

/** Windows and counts of the analysis of a deployment; every key is optional and overrides the layer below. */
export const analysis = section('Windows and counts of the analysis of a deployment.', {
  control: duration('Control window before the deployment.', 10 * SECOND, 7 * DAY, '10s to 7d').optional(),
  warmUp: duration('Samples this soon after the deployment are not judged.', 0, DAY, '0s to 1d').optional(),
  duration: duration(
    'After this long without failure the deployment is Successful.',
    10 * SECOND,
    7 * DAY,
    '10s to 7d',
  ).optional(),
  minimumSamples: count('Fewer samples than this are Inconclusive.', 1, 100_000).optional(),
  persistence: count('Anomalous samples in a row before the verdict is Failed.', 1, 1000).optional(),
  warnScore: number(
    'Where a score rests on several samples: from this share of its limit on it is shown as near it, and nothing is asked.',
    0.1,
    1,
  ).optional(),
  riskPrior: flag(
    'The risk of a deployment moves `persistence` by one: one fewer after HIGH (at least 2), one more below half the usual risk.',
  ).optional(),
  staleIntervals: count('Silent for so many sampling intervals means stale.', 1, 1000).optional(),
  limits: section(
    'Measurements decide instead of `persistence`: one per interval and metric, Failed when half of its samples are anomalous.',
    {
      interval: duration('Length of a measurement.', SECOND, DAY, '1s to 1d'),
      count: count('So many measurements without error end the analysis as Successful.', 1, 100_000).optional(),
      failureLimit: count(
        'More failed ones than this fail the deployment; -1: failures never do.',
        -1,
        100_000,
      ).optional(),
      inconclusiveLimit: count('More inconclusive ones than this make it Inconclusive.', 0, 100_000).optional(),
      consecutiveErrorLimit: count('More in a row without a sample than this make it Error.', 0, 100_000).optional(),
      consecutiveSuccessLimit: count(
        'So many successes in a row end a metric as Successful; 0: off.',
        0,
        100_000,
      ).optional(),
    },
  ).optional(),
  traffic: section('Too few requests make the verdict Inconclusive.', {
    metric: words('Metric that counts requests per minute.'),
    minimumPerMinute: number('Requests per minute that are needed.', 0, 1e12),
  }).optional(),
  objectives: z
    .record(z.string().min(1), number('Health at most, while the metric is beyond its limit.', 0, 100), {
      error: 'a mapping of metric names to the health they cap',
    })
    .meta({ description: 'Key objectives: while such a metric is beyond its limit, the health is at most this.' })
    .optional(),
  detectors: section(
    'Detectors by name, with their parameters; replaces the list of the layer below.',
    detectorShape(),
  ).optional(),
});

function detectorShape() {
  const kinds: readonly DetectorKind[] = Object.values(detectors);
  return Object.fromEntries(kinds.map((kind) => [kind.name, section(kind.text, parameterShape(kind)).optional()]));
}

function parameterShape(kind: DetectorKind) {
  return Object.fromEntries(Object.entries(kind.parameters).map(([name, one]) => [name, parameter(one).optional()]));
}

function parameter(one: Parameter): z.ZodNumber {
  return number(`${one.text} Default ${one.default}.`, one.minimum, one.maximum, one.unit);
}
