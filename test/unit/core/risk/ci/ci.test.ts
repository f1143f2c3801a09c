import { describe, expect, it } from 'vitest';
import { errorClass } from '../../../../../src/core/risk/ci/error-class.ts';
import { readExport } from '../../../../../src/core/risk/ci/read-export.ts';
import { measureRuns } from '../../../../../src/core/risk/ci/run-features.ts';
import { gatherRuns } from '../../../../../src/core/risk/ci/run.ts';
import type { CiTask } from '../../../../../src/core/risk/ci/task.ts';
import { parseTimestamp } from '../../../../../src/parsers/timestamp.ts';

const HOUR_MS = 3_600_000;
const time = (text: string): number => parseTimestamp(text, 0);

function task(run: number, status: CiTask['status'], extra: Partial<CiTask> = {}): CiTask {
  return {
    pipeline: 'shop',
    run: String(run),
    atMs: run * HOUR_MS,
    endedMs: NaN,
    stage: 'test',
    job: 'unit',
    task: 'jest',
    status,
    message: '',
    commit: `c${run}`,
    branch: 'main',
    user: '',
    environment: '',
    attempt: 1,
    ...extra,
  };
}

describe('gatherRuns', () => {
  it('does not call a run failed whose task passed when tried again', () => {
    const runs = gatherRuns([
      task(1, 'failed', { message: 'connect timed out' }),
      task(1, 'success', { atMs: HOUR_MS + 60_000 }),
      task(1, 'success', { stage: 'deploy', task: 'push', atMs: HOUR_MS + 120_000 }),
    ]);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      failed: false,
      tasks: 2,
      failedTasks: 1,
      stages: 2,
      retries: 1,
      errorClass: 'timeout',
      firstFailedTask: 'jest',
      endMs: HOUR_MS + 120_000,
    });
  });

  it('does not know the outcome of what still runs or was cancelled', () => {
    expect(gatherRuns([task(1, 'running')])[0]!.failed).toBeNull();
    expect(gatherRuns([task(1, 'cancelled')])[0]!.failed).toBeNull();
  });
});

describe('measureRuns', () => {
  const outcomes = ['success', 'failed', 'failed', 'success', 'success', 'failed'] as const;
  const runs = gatherRuns(outcomes.map((status, i) => task(i + 1, status)));

  it('knows past outcomes, not its own', () => {
    const measured = measureRuns(runs, 'start').map(({ features }) => features);
    expect(measured.map((features) => features['last_failed'])).toEqual([null, 0, 1, 1, 0, 0]);
    expect(measured[5]).toMatchObject({
      failure_rate_5: 0.4,
      previous_runs: 5,
      hours_since_failure: 3,
      last_num_failed_tasks: 0,
    });
    const flipped = gatherRuns(outcomes.map((status, i) => task(i + 1, i === 5 ? 'success' : status)));
    expect(measureRuns(flipped, 'start')[5]!.features).toEqual(measured[5]);
    expect(measured[5]).not.toHaveProperty('num_failed_tasks');
  });

  it('leaves out a past run that had not ended yet', () => {
    const long = gatherRuns([task(1, 'failed', { endedMs: 10 * HOUR_MS }), task(2, 'success')]);
    expect(measureRuns(long, 'start')[1]!.features).toMatchObject({ last_failed: null, previous_runs: 0 });
  });

  it('knows its own tasks at the end', () => {
    expect(measureRuns(runs, 'end')[1]!.features).toMatchObject({ num_tasks: 1, num_failed_tasks: 1, num_stages: 1 });
  });
});

describe('readExport', () => {
  it('reads GitHub Actions runs, from the API and from gh', () => {
    const api = {
      workflow_runs: [
        {
          id: 7,
          name: 'ci',
          run_started_at: '2026-01-05T10:00:00Z',
          updated_at: '2026-01-05T10:10:00Z',
          conclusion: 'failure',
          head_sha: 'abc',
          head_branch: 'feature/x',
          run_attempt: 2,
          actor: { login: 'ada' },
        },
      ],
    };
    expect(readExport(api, time)).toEqual([
      expect.objectContaining({
        pipeline: 'ci',
        run: '7',
        status: 'failed',
        branch: 'feature/x',
        user: 'ada',
        attempt: 2,
        endedMs: time('2026-01-05T10:10:00Z'),
      }),
    ]);
    const gh = [
      { databaseId: 8, workflowName: 'ci', conclusion: '', startedAt: '2026-01-05T10:00:00Z', headBranch: 'main' },
    ];
    expect(readExport(gh, time)![0]).toMatchObject({ run: '8', status: 'running' });
  });

  it('reads GitHub jobs step by step', () => {
    const jobs = {
      jobs: [
        {
          run_id: 7,
          name: 'unit',
          workflow_name: 'ci',
          started_at: '2026-01-05T10:00:00Z',
          conclusion: 'failure',
          steps: [
            { name: 'install', conclusion: 'success' },
            { name: 'test', conclusion: 'failure' },
          ],
        },
      ],
    };
    expect(readExport(jobs, time)!.map((one) => [one.task, one.status])).toEqual([
      ['install', 'success'],
      ['test', 'failed'],
    ]);
  });

  it('reads GitLab pipelines and jobs', () => {
    expect(
      readExport(
        [{ id: 1, project_id: 5, ref: 'main', sha: 'a', status: 'failed', created_at: '2026-01-05T10:00:00Z' }],
        time,
      )![0],
    ).toMatchObject({ pipeline: '5', status: 'failed' });
    const job = {
      name: 'rspec',
      stage: 'test',
      status: 'success',
      ref: 'main',
      started_at: '2026-01-05T10:00:00Z',
      pipeline: { id: 9, project_id: 5, sha: 'a' },
    };
    expect(readExport([job], time)![0]).toMatchObject({ run: '9', stage: 'test', job: 'rspec' });
  });

  it('reads Jenkins builds', () => {
    const json = {
      name: 'deploy',
      builds: [
        { number: 3, timestamp: 1_767_607_200_000, duration: 60_000, result: 'UNSTABLE' },
        { number: 4, timestamp: 1_767_607_300_000, building: true, result: null },
      ],
    };
    expect(readExport(json, time)!.map((one) => [one.run, one.status])).toEqual([
      ['3', 'failed'],
      ['4', 'running'],
    ]);
  });

  it('knows nothing else', () => expect(readExport({ hello: 1 }, time)).toBeNull());
});

it.each([
  ['java.lang.OutOfMemoryError: heap limit', 'out-of-memory'],
  ['connect ETIMEDOUT: timed out', 'timeout'],
  ['3 tests failed: expected 1 but got 2', 'test'],
  ['No space left on device', 'disk'],
  ['something odd', 'other'],
  ['', ''],
])('%s is of class %s', (message, wanted) => expect(errorClass(message)).toBe(wanted));
