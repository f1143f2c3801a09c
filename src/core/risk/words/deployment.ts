import { WEEKDAYS, clockHour, compact, counted, either } from './wording.ts';
import type { Wording } from './wording.ts';

const days = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].map((day) => [
    `deploy_day_${day}`,
    either(`deployed on a ${WEEKDAYS[day]}`, `not deployed on a ${WEEKDAYS[day]}`),
  ]),
);

/** The features of deployment_features.csv in words. */
export const deploymentWords: Readonly<Record<string, Wording>> = {
  num_tasks: (value) => `${counted(value, 'task')} in the pipeline`,
  num_failed_tasks: (value) =>
    value === 0 ? 'no task failed on the way' : `${counted(value, 'task')} failed on the way`,
  num_stages: (value) => counted(value, 'stage'),
  deploy_hour: (value) => `deployed at ${clockHour(value)}`,
  is_feature_branch: either('from a feature branch', 'from a main branch'),
  num_retries: (value) => (value === 0 ? 'no retries' : counted(value, 'retry', 'retries')),
  duration_minutes: (value) => `the pipeline took ${compact(value)} minutes`,
  ...days,
};
