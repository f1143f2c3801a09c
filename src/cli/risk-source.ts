import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { LabelledChange } from '../core/risk/history/outcomes.ts';
import type { Dataset } from '../core/risk/dataset.ts';
import { recordsDataset } from '../core/risk/records.ts';
import { positiveNumber } from './flags.ts';
import { loadFor, type Frame } from './frame.ts';
import { progressLine } from './progress.ts';
import { withExistingStore } from './state.ts';
import { UsageError } from './usage-error.ts';

/** Where past deployments come from: one of a repository, a table, or rollwatch's own records. */
export interface SourceFlags {
  readonly repo?: string;
  readonly to: string;
  readonly days: number;
  readonly table?: string;
  readonly label?: string;
  readonly time?: string;
  readonly ignore?: readonly string[];
  readonly records?: boolean;
}

/** Past deployments with their labels. */
export interface RiskSource {
  readonly kind: 'git' | 'table' | 'records';
  readonly data: Dataset;
  /** In words, for the model card. */
  readonly text: string;
  readonly label: string;
  /** Days until a label is known; 0 where it comes with the deployment. */
  readonly embargoDays: number;
  /** Every change of the history, for a git source. */
  readonly changes: readonly LabelledChange[];
}

/** Adds the flags that name a source. */
export function addSourceFlags(command: Command): Command {
  return command
    .option('--repo <dir>', 'learn from the history of this git repository')
    .option('--to <rev>', 'with --repo: up to this revision', 'HEAD')
    .option('--days <n>', 'with --repo: reverted within so many days is bad', positiveNumber, 14)
    .option('--table <file>', 'learn from a CSV table, one deployment per row')
    .option('--label <column>', 'with --table: 1 = bad, 0 = good, empty = not known')
    .option('--time <column>', 'with --table: time of the deployment (default: rows are in order)')
    .option('--ignore <column...>', 'with --table: columns that are no features')
    .option('--records', 'learn from the deployments this rollwatch watched');
}

/** Reads the source the flags name. Throws UsageError unless it is exactly one. */
export async function readSource(frame: Frame, command: Command, flags: SourceFlags): Promise<RiskSource> {
  const given = [flags.repo, flags.table, flags.records === true ? 'records' : undefined].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) {
    throw new UsageError(
      'Expected one of --repo DIR, --table FILE or --records; found ' + (given.length === 0 ? 'none.' : 'several.'),
    );
  }
  if (flags.repo !== undefined) return gitSource(frame, flags.repo, flags);
  return flags.table === undefined ? recordsSource(frame, command) : tableSource(frame, flags.table, flags);
}

async function gitSource(frame: Frame, repo: string, { to, days }: SourceFlags): Promise<RiskSource> {
  const { changeDataset, readLabelled } = await import('../app/risk/git-history.ts');
  const progress = progressLine(frame.context, 'reading changes');
  const changes = await readLabelled(resolve(frame.context.cwd, repo), to, days, progress.update).finally(
    progress.done,
  );
  return {
    kind: 'git',
    data: changeDataset(changes),
    text: `the history of the git repository ${repo} up to ${to}`,
    label: `whether a change is explicitly reverted within ${days} days of going live`,
    embargoDays: days,
    changes,
  };
}

async function tableSource(frame: Frame, path: string, flags: SourceFlags): Promise<RiskSource> {
  if (flags.label === undefined)
    throw new UsageError('--table needs --label COLUMN: which column says what became of a deployment.');
  const { readTable } = await import('../app/risk/read-table.ts');
  const { tableDataset } = await import('../app/risk/table-data.ts');
  const { label, time, ignore } = flags;
  const table = readTable(resolve(frame.context.cwd, path));
  const data = tableDataset(table, { label, time: time ?? null, ignore: ignore ?? [] });
  const embargoDays = label.startsWith('label_reverted_') ? 14 : 0;
  return { kind: 'table', data, text: `the table ${path}`, label: `"${label}"`, embargoDays, changes: [] };
}

async function recordsSource(frame: Frame, command: Command): Promise<RiskSource> {
  const config = await loadFor(frame, command);
  const events = await withExistingStore(frame, config, [], (store) => store.list({}));
  return {
    kind: 'records',
    data: recordsDataset(events),
    text: 'the deployments this rollwatch watched',
    label: 'whether a deployment was rolled back or judged Failed',
    embargoDays: 0,
    changes: [],
  };
}
