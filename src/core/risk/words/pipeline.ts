import { counted, duration, either, percent } from './wording.ts';
import type { Wording } from './wording.ts';

/** Features of earlier runs of a pipeline in words. */
export const pipelineWords: Readonly<Record<string, Wording>> = {
  last_failed: either('the deployment before failed', 'the deployment before went well'),
  failure_rate_5: (value) => `${percent(value)} of the last 5 deployments failed`,
  failure_rate_20: (value) => `${percent(value)} of the last 20 deployments failed`,
  hours_since_failure: (value) => `${duration(value)} after the last failure`,
  hours_since_previous: (value) => `${duration(value)} after the deployment before`,
  previous_runs: (value) => `${counted(value, 'earlier deployment')} known`,
};
