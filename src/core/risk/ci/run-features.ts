import type { FeatureVector } from '../feature.ts';
import type { CiRun } from './run.ts';

/** Whether features are taken when the run starts (to predict its failure) or at its end (to predict the deployment's). */
export type Moment = 'start' | 'end';

/** A run with its features. Names and order of the features are the same for every run of one moment. */
export interface MeasuredRun {
  readonly run: CiRun;
  readonly features: FeatureVector;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAIN = /^(?:refs\/heads\/|origin\/)?(?:main|master|trunk|production|release(?:[/-].*)?)$/i;
const FEATURE = /(?:^|\/)(?:feature|feat|topic|bugfix|dependabot|renovate)(?:[/-]|$)/i;

/**
 * Features of every run from the runs before it, in order of start.
 *
 * A past run counts only when it had ended before this one started: its outcome was known by then. At the `start`
 * nothing of the run itself is used but its clock, branch, user and environment; at the `end` also its own tasks.
 */
export function measureRuns(runs: readonly CiRun[], moment: Moment): readonly MeasuredRun[] {
  const byPipeline = new Map<string, CiRun[]>();
  const all: CiRun[] = [];
  return runs.map((run) => {
    const own = byPipeline.get(run.pipeline) ?? [];
    const past = knownBefore(own, run.startMs);
    const fleet = knownBefore(all, run.startMs);
    own.push(run);
    byPipeline.set(run.pipeline, own);
    all.push(run);
    const features = { ...clockAndPlace(run), ...pastOf(run, past, fleet), ...(moment === 'end' ? ownTasks(run) : {}) };
    return { run, features };
  });
}

/** The latest runs whose outcome was known, oldest first. */
function knownBefore(runs: readonly CiRun[], atMs: number): readonly CiRun[] {
  const known: CiRun[] = [];
  for (let i = runs.length - 1; i >= 0 && known.length < 20; i--) {
    if (runs[i]!.endMs < atMs && runs[i]!.failed !== null) known.push(runs[i]!);
  }
  return known.reverse();
}

function clockAndPlace(run: CiRun): FeatureVector {
  const day = (Math.floor(run.startMs / DAY_MS) + 3) % 7;
  return {
    deploy_hour: Math.floor((run.startMs % DAY_MS) / HOUR_MS),
    is_feature_branch: run.branch === '' ? null : Number(FEATURE.test(run.branch) || !MAIN.test(run.branch)),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((one) => [`deploy_day_${one}`, Number(day === one)])),
    environment: run.environment === '' ? null : run.environment,
  };
}

function pastOf(run: CiRun, past: readonly CiRun[], fleet: readonly CiRun[]): FeatureVector {
  const last = past[past.length - 1];
  const failure = past.findLast((one) => one.failed);
  const durations = past.slice(-5).map((one) => one.endMs - one.startMs);
  return {
    previous_runs: past.length,
    last_failed: last === undefined ? null : Number(last.failed),
    failure_rate_5: rate(past.slice(-5)),
    failure_rate_20: rate(past),
    fleet_failure_rate_20: rate(fleet),
    hours_since_failure: failure === undefined ? null : hours(run.startMs - failure.endMs),
    hours_since_previous: last === undefined ? null : hours(run.startMs - last.endMs),
    last_num_tasks: last?.tasks ?? null,
    last_num_failed_tasks: last?.failedTasks ?? null,
    last_error_class: last === undefined || last.errorClass === '' ? null : last.errorClass,
    duration_minutes_5: durations.length === 0 ? null : rounded(mean(durations) / 60_000),
    same_commit_runs: run.commit === '' ? null : past.filter((one) => one.commit === run.commit).length,
  };
}

function ownTasks(run: CiRun): FeatureVector {
  return {
    num_tasks: run.tasks,
    num_failed_tasks: run.failedTasks,
    num_stages: run.stages,
    num_retries: run.retries,
    duration_minutes: rounded((run.endMs - run.startMs) / 60_000),
    error_class: run.errorClass === '' ? null : run.errorClass,
    first_failed_task: run.firstFailedTask === '' ? null : run.firstFailedTask,
  };
}

function rate(runs: readonly CiRun[]): number | null {
  return runs.length === 0 ? null : rounded(runs.filter((run) => run.failed).length / runs.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function hours(durationMs: number): number {
  return rounded(durationMs / HOUR_MS);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
