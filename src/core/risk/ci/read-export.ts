import type { CiTask } from './task.ts';
import { taskStatus } from './task.ts';

type Json = Readonly<Record<string, unknown>>;
/** Reads a time in any form the systems write; NaN when it is none. */
export type ReadTime = (text: string) => number;

/**
 * Tasks of a JSON document exported from a CI system, or null when it is none that is known:
 * GitHub Actions (`workflow_runs`, `jobs`, or the list of `gh run list --json`), GitLab (lists of pipelines or jobs),
 * Jenkins (`builds`, or one build).
 */
export function readExport(json: unknown, time: ReadTime): readonly CiTask[] | null {
  const list = Array.isArray(json) ? json.filter(isObject) : null;
  if (isObject(json)) {
    if (Array.isArray(json['workflow_runs']))
      return json['workflow_runs'].filter(isObject).map((run) => github(run, time));
    if (Array.isArray(json['jobs']) && json['jobs'].some((job) => isObject(job) && 'run_id' in job)) {
      return json['jobs'].filter(isObject).flatMap((job) => githubJob(job, time));
    }
    if (Array.isArray(json['builds'])) {
      const name = text(json['fullName'] ?? json['name'] ?? json['displayName']);
      return json['builds'].filter(isObject).map((build) => jenkins(build, name, time));
    }
    return '_class' in json && 'number' in json ? [jenkins(json, '', time)] : null;
  }
  const first = list?.[0];
  if (list === null || first === undefined) return null;
  if ('workflowName' in first || 'workflow_id' in first || 'run_attempt' in first)
    return list.map((run) => github(run, time));
  if ('pipeline' in first && isObject(first['pipeline'])) return list.map((job) => gitlabJob(job, time));
  if ('ref' in first && 'sha' in first && 'status' in first) return list.map((pipeline) => gitlab(pipeline, time));
  return null;
}

function github(run: Json, time: ReadTime): CiTask {
  const conclusion = text(run['conclusion']);
  return {
    ...EMPTY,
    pipeline: text(run['workflowName'] ?? run['name'] ?? run['workflow_id']),
    run: text(run['databaseId'] ?? run['id']),
    atMs: time(text(run['run_started_at'] ?? run['startedAt'] ?? run['created_at'] ?? run['createdAt'])),
    endedMs: time(text(run['updated_at'] ?? run['updatedAt'])),
    status: taskStatus(conclusion === '' ? 'running' : conclusion),
    message: text(run['display_title'] ?? run['displayTitle']),
    commit: text(run['head_sha'] ?? run['headSha']),
    branch: text(run['head_branch'] ?? run['headBranch']),
    user: isObject(run['actor']) ? text(run['actor']['login']) : '',
    attempt: Number(run['run_attempt'] ?? run['attempt'] ?? 1),
  };
}

/** A job is one task per step, or itself when its steps are not exported. */
function githubJob(job: Json, time: ReadTime): readonly CiTask[] {
  const whole: CiTask = {
    ...EMPTY,
    pipeline: text(job['workflow_name'] ?? job['name']),
    run: text(job['run_id']),
    atMs: time(text(job['started_at'])),
    endedMs: time(text(job['completed_at'])),
    job: text(job['name']),
    status: taskStatus(text(job['conclusion'])),
    commit: text(job['head_sha']),
    branch: text(job['head_branch']),
    attempt: Number(job['run_attempt'] ?? 1),
  };
  const steps = Array.isArray(job['steps']) ? job['steps'].filter(isObject) : [];
  if (steps.length === 0) return [whole];
  return steps.map((step) => ({
    ...whole,
    atMs: orElse(time(text(step['started_at'])), whole.atMs),
    endedMs: time(text(step['completed_at'])),
    task: text(step['name']),
    status: taskStatus(text(step['conclusion'])),
  }));
}

function gitlab(pipeline: Json, time: ReadTime): CiTask {
  return {
    ...EMPTY,
    pipeline: text(pipeline['project_id'] ?? 'pipeline'),
    run: text(pipeline['id']),
    atMs: time(text(pipeline['started_at'] ?? pipeline['created_at'])),
    endedMs: time(text(pipeline['finished_at'] ?? pipeline['updated_at'])),
    status: taskStatus(text(pipeline['status'])),
    commit: text(pipeline['sha']),
    branch: text(pipeline['ref']),
    user: isObject(pipeline['user']) ? text(pipeline['user']['username']) : '',
  };
}

function gitlabJob(job: Json, time: ReadTime): CiTask {
  const pipeline = job['pipeline'] as Json;
  return {
    ...EMPTY,
    pipeline: text(pipeline['project_id'] ?? 'pipeline'),
    run: text(pipeline['id']),
    atMs: orElse(time(text(job['started_at'])), time(text(job['created_at']))),
    endedMs: time(text(job['finished_at'])),
    stage: text(job['stage']),
    job: text(job['name']),
    status: taskStatus(text(job['status'])),
    message: text(job['failure_reason']),
    commit: text(pipeline['sha']),
    branch: text(job['ref']),
    user: isObject(job['user']) ? text(job['user']['username']) : '',
    environment: isObject(job['environment']) ? text(job['environment']['name']) : '',
  };
}

function jenkins(build: Json, name: string, time: ReadTime): CiTask {
  const atMs = typeof build['timestamp'] === 'number' ? build['timestamp'] : time(text(build['timestamp']));
  const running = build['building'] === true || build['result'] === null;
  return {
    ...EMPTY,
    pipeline: name === '' ? text(build['fullDisplayName']).replace(/ [#»].*$/, '') : name,
    run: text(build['number'] ?? build['id']),
    atMs,
    endedMs: typeof build['duration'] === 'number' ? atMs + build['duration'] : NaN,
    status: running ? 'running' : taskStatus(text(build['result'])),
    message: text(build['description']),
  };
}

const EMPTY = {
  pipeline: '',
  run: '',
  atMs: NaN,
  endedMs: NaN,
  stage: '',
  job: '',
  task: '',
  message: '',
  commit: '',
  branch: '',
  user: '',
  environment: '',
  attempt: 1,
  status: 'running',
} satisfies CiTask;

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
