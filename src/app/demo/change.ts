/** What is known of a change before it is deployed: what the shipped risk model takes besides the time. */
export interface Change {
  readonly tasks: number;
  readonly failedTasks: number;
  readonly stages: number;
  readonly featureBranch: boolean;
}

/** A change like most: few tasks, none failed, from the main branch. */
export const SMALL_CHANGE: Change = { tasks: 9, failedTasks: 0, stages: 4, featureBranch: false };

/** A change that makes people nervous: many tasks, some failed, straight from a feature branch. */
export const BIG_CHANGE: Change = { tasks: 31, failedTasks: 3, stages: 6, featureBranch: true };

/** The change as features of a deployment at a time, UTC. Monday is the day the columns leave out. */
export function featuresOf(change: Change, atMs: number): Readonly<Record<string, number>> {
  const at = new Date(atMs);
  const daysAfterMonday = (at.getUTCDay() + 6) % 7;
  const days = [1, 2, 3, 4, 5, 6].map((day) => [`deploy_day_${day}`, day === daysAfterMonday ? 1 : 0] as const);
  return {
    num_tasks: change.tasks,
    num_failed_tasks: change.failedTasks,
    num_stages: change.stages,
    deploy_hour: at.getUTCHours(),
    is_feature_branch: change.featureBranch ? 1 : 0,
    ...Object.fromEntries(days),
  };
}
