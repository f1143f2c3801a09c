import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Moment } from '../../core/risk/ci/run-features.ts';
import { gatherRuns } from '../../core/risk/ci/run.ts';
import { measureRuns } from '../../core/risk/ci/run-features.ts';
import { isoTime } from '../../core/model/time.ts';
import { csvText } from '../csv-text.ts';
import { addExamples } from '../examples.ts';
import { action, printJson, type Frame } from '../frame.ts';
import { UsageError } from '../usage-error.ts';

interface CiFlags {
  readonly at: Moment;
  readonly pipeline?: string;
  readonly json?: boolean;
}

/** `rollwatch features ci`: the features of every run in a CI log. */
export function addFeaturesCi(parent: Command, frame: Frame): void {
  const moments: readonly Moment[] = ['end', 'start'];
  const command = parent
    .command('ci')
    .description('features of every run in a CI log (CSV, JSON lines, GitHub, GitLab or Jenkins export)')
    .argument('<file>', 'log to read')
    .addOption(
      new Option(
        '--at <moment>',
        'end: with its own tasks, to judge the deployment; start: before it, to predict its failure',
      )
        .choices(moments)
        .default('end'),
    )
    .option('--pipeline <id>', 'of this pipeline only')
    .option('--json', 'print JSON instead of CSV');
  command.action(action(frame, (file: string) => run(frame, command, file)));
  addExamples(command, [
    'rollwatch features ci ci_cd_logs.csv',
    'gh run list --limit 500 --json databaseId,workflowName,conclusion,startedAt,updatedAt,headSha,headBranch,attempt > runs.json && rollwatch features ci runs.json --at start',
  ]);
}

async function run(frame: Frame, command: Command, file: string): Promise<number> {
  const flags = command.opts<CiFlags>();
  const { readCiLog } = await import('../../app/risk/ci-log.ts');
  const measured = measureRuns(gatherRuns(readCiLog(resolve(frame.context.cwd, file))), flags.at).filter(
    ({ run }) => flags.pipeline === undefined || run.pipeline === flags.pipeline,
  );
  const first = measured[0];
  if (first === undefined) {
    throw new UsageError(
      `${file} holds no run${flags.pipeline === undefined ? '' : ` of pipeline ${flags.pipeline}`}.`,
    );
  }
  // At the end the own result is a feature's source, so it is no label; columns with _ are never features.
  const label = flags.at === 'start' ? 'failed' : '_failed';
  if (flags.json === true) {
    printJson(frame, {
      schemaVersion: 1,
      at: flags.at,
      runs: measured.map(({ run, features }) => ({
        pipeline: run.pipeline,
        run: run.run,
        startedAt: isoTime(run.startMs),
        commit: run.commit === '' ? null : run.commit,
        features,
        [label]: run.failed,
      })),
    });
    return 0;
  }
  const names = Object.keys(first.features);
  const header = ['pipeline_id', '_run', '_commit', 'at_ms', ...names, label];
  const rows = measured.map(({ run, features }) => [
    run.pipeline,
    run.run,
    run.commit,
    run.startMs,
    ...names.map((name) => features[name] ?? null),
    run.failed === null ? null : Number(run.failed),
  ]);
  frame.context.stdout.write(csvText([header, ...rows]));
  return 0;
}
