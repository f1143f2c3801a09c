import { errorClass } from './error-class.ts';
import type { CiTask } from './task.ts';

/** One execution of a pipeline. */
export interface CiRun {
  readonly pipeline: string;
  readonly run: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tasks: number;
  /** Tasks that failed at least once, whether or not a retry went well. */
  readonly failedTasks: number;
  readonly stages: number;
  /** Attempts beyond the first, of tasks and of the run itself. */
  readonly retries: number;
  /** Null while it runs, or when it was cancelled. */
  readonly failed: boolean | null;
  /** Class of the first failure, empty without one. */
  readonly errorClass: string;
  readonly firstFailedTask: string;
  readonly commit: string;
  readonly branch: string;
  readonly user: string;
  readonly environment: string;
}

/** Tasks of a log gathered into runs, by their start. A task that failed and then passed did not fail the run. */
export function gatherRuns(tasks: readonly CiTask[]): readonly CiRun[] {
  const byRun = new Map<string, CiTask[]>();
  for (const task of tasks) {
    const key = JSON.stringify([task.pipeline, task.run]);
    const gathered = byRun.get(key);
    if (gathered === undefined) byRun.set(key, [task]);
    else gathered.push(task);
  }
  return [...byRun.values()].map(toRun).sort((a, b) => a.startMs - b.startMs || (a.run < b.run ? -1 : 1));
}

function toRun(unordered: readonly CiTask[]): CiRun {
  const tasks = unordered.toSorted((a, b) => a.atMs - b.atMs);
  const first = tasks[0]!;
  /** Last status of each task, and whether it ever failed. */
  const last = new Map<string, CiTask>();
  const failedOnce = new Set<string>();
  let again = 0;
  for (const task of tasks) {
    const name = JSON.stringify([task.stage, task.job, task.task]);
    if (last.has(name)) again++;
    last.set(name, task);
    if (task.status === 'failed') failedOnce.add(name);
  }
  const statuses = [...last.values()].map((task) => task.status);
  const failure = tasks.find((task) => task.status === 'failed');
  const over = !statuses.includes('running');
  const told = statuses.includes('failed') || statuses.includes('success');
  return {
    pipeline: first.pipeline,
    run: first.run,
    startMs: first.atMs,
    endMs: Math.max(...tasks.map((task) => (Number.isNaN(task.endedMs) ? task.atMs : task.endedMs))),
    tasks: last.size,
    failedTasks: failedOnce.size,
    stages: new Set(tasks.map((task) => task.stage).filter((stage) => stage !== '')).size,
    retries: again + Math.max(...tasks.map((task) => task.attempt)) - 1,
    failed: statuses.includes('failed') ? true : over && told ? false : null,
    errorClass: failure === undefined ? '' : errorClass(failure.message),
    firstFailedTask: failure === undefined ? '' : failure.task || failure.job || failure.stage,
    commit: given(tasks, 'commit'),
    branch: given(tasks, 'branch'),
    user: given(tasks, 'user'),
    environment: given(tasks, 'environment'),
  };
}

function given(tasks: readonly CiTask[], name: 'commit' | 'branch' | 'user' | 'environment'): string {
  return tasks.find((task) => task[name] !== '')?.[name] ?? '';
}
