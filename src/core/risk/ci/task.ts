/** How a task, job or run ended. `running` is not over; `skipped` says nothing. */
export type TaskStatus = 'success' | 'failed' | 'skipped' | 'cancelled' | 'running';

/** One task of a run as a CI system logged it. Empty text = not given. */
export interface CiTask {
  /** What is deployed again and again: a workflow, a job, a project. */
  readonly pipeline: string;
  /** One execution of it; tasks with the same run belong together. */
  readonly run: string;
  /** When it began, or when the line was logged. */
  readonly atMs: number;
  /** NaN when only one time is known. */
  readonly endedMs: number;
  readonly stage: string;
  readonly job: string;
  readonly task: string;
  readonly status: TaskStatus;
  readonly message: string;
  readonly commit: string;
  readonly branch: string;
  readonly user: string;
  readonly environment: string;
  /** 1 for the first attempt of a run. */
  readonly attempt: number;
}

const STATUSES: Readonly<Record<string, TaskStatus>> = {
  success: 'success',
  succeeded: 'success',
  passed: 'success',
  ok: 'success',
  completed: 'success',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
  unstable: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  aborted: 'cancelled',
  skipped: 'skipped',
  neutral: 'skipped',
  not_built: 'skipped',
  manual: 'skipped',
};

/** The status in the words of any of the systems read; what is none of them is still running. */
export function taskStatus(text: string): TaskStatus {
  return STATUSES[text.trim().toLowerCase()] ?? 'running';
}
