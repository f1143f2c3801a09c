import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { GitDeployment } from '../../app/risk/git-history.ts';
import { CHANGE_FEATURES } from '../../core/risk/change-features.ts';
import type { LabelledChange } from '../../core/risk/history/outcomes.ts';
import { isoTime } from '../../core/model/time.ts';
import { csvText } from '../csv-text.ts';
import { addExamples } from '../examples.ts';
import { positiveNumber, wholeNumber } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { progressLine } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

interface GitFlags {
  readonly repo: string;
  readonly from?: string;
  readonly to: string;
  readonly each?: boolean;
  readonly days: number;
  readonly warmUp: number;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `rollwatch features git`: the change features of a deployment, or of every change of a history with its label. */
export function addFeaturesGit(parent: Command, frame: Frame): void {
  const command = parent
    .command('git')
    .description('features of a deployment from the history of its repository')
    .option('--repo <dir>', 'git repository', '.')
    .option('--from <rev>', 'what was deployed before (default: the parent of --to)')
    .option('--to <rev>', 'what is deployed', 'HEAD')
    .option('--each', 'every change up to --to by itself, with what became of it')
    .option('--days <n>', 'with --each: reverted within so many days is bad', positiveNumber, 14)
    .option('--warm-up <n>', 'with --each: leave out the first changes, which have hardly a past', wholeNumber, 300)
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV');
  command.action(action(frame, () => run(frame, command)));
  addExamples(command, [
    'rollwatch features git --from v41 --to v42 --json',
    'rollwatch features git --repo ~/src/shop --each --csv > changes.csv',
  ]);
}

async function run(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<GitFlags>();
  if (flags.json === true && flags.csv === true) throw new UsageError('Expected --json or --csv; found both.');
  if (flags.each === true && flags.from !== undefined) {
    throw new UsageError('--each measures every change up to --to; --from has no meaning with it.');
  }
  const { deploymentBetween, readLabelled } = await import('../../app/risk/git-history.ts');
  const repository = resolve(frame.context.cwd, flags.repo);
  const progress = progressLine(frame.context, 'reading changes');
  const labelled = await readLabelled(repository, flags.to, flags.days, progress.update).finally(progress.done);
  if (flags.each === true) {
    printEach(
      frame,
      flags,
      labelled.filter((change) => change.place >= flags.warmUp),
    );
    return 0;
  }
  const deployment = await deploymentBetween(repository, flags.from ?? null, flags.to, labelled);
  printDeployment(frame, flags, deployment);
  return 0;
}

function printEach(frame: Frame, flags: GitFlags, changes: readonly LabelledChange[]): void {
  if (flags.json === true) {
    printJson(frame, {
      schemaVersion: 1,
      labelDays: flags.days,
      changes: changes.map((change) => ({
        commit: change.hash,
        landedAt: isoTime(change.landedAtS * 1000),
        features: change.features,
        planned: change.planned,
        reverted: change.reverted,
        revertedAfterHours: change.revertedAfterH,
      })),
    });
    return;
  }
  const label = `label_reverted_${flags.days}d`;
  const header = ['commit', 'landed_at', ...CHANGE_FEATURES, 'planned', '_revert_after_h', label];
  const rows = changes.map((change) => [
    change.hash.slice(0, 12),
    change.landedAtS,
    ...CHANGE_FEATURES.map((name) => change.features[name]),
    Number(change.planned),
    change.revertedAfterH,
    change.reverted === null ? null : Number(change.reverted),
  ]);
  frame.context.stdout.write(csvText([header, ...rows]));
}

function printDeployment(frame: Frame, flags: GitFlags, { changes, features }: GitDeployment): void {
  const commits = changes.map((change) => change.hash);
  if (flags.json === true) {
    printJson(frame, { schemaVersion: 1, from: flags.from ?? null, to: flags.to, commits, features });
    return;
  }
  if (flags.csv === true) {
    frame.context.stdout.write(csvText([CHANGE_FEATURES, CHANGE_FEATURES.map((name) => features[name])]));
    return;
  }
  print(
    frame,
    `${commits.length} ${commits.length === 1 ? 'change' : 'changes'}: ${commits.map((hash) => hash.slice(0, 12)).join(' ')}`,
  );
  print(frame, ...CHANGE_FEATURES.map((name) => `${name.padEnd(20)} ${features[name]}`));
}
