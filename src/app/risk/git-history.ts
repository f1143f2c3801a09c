import type { ChangeFeature } from '../../core/risk/change-features.ts';
import { CHANGE_FEATURES, withRelativeColumns } from '../../core/risk/change-features.ts';
import type { Dataset } from '../../core/risk/dataset.ts';
import { aggregateChanges } from '../../core/risk/history/aggregate.ts';
import { ChangeHistory } from '../../core/risk/history/change-history.ts';
import type { LabelledChange } from '../../core/risk/history/outcomes.ts';
import { Outcomes } from '../../core/risk/history/outcomes.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { gitText } from '../../sources/git/git-process.ts';
import { readChanges, readLandings, verifiedCommit } from '../../sources/git/read-history.ts';

/** Days after which a change that was not reverted counts as good. */
export const LABEL_DAYS = 14;
/** The first changes of a repository have too little past to be learned from. */
export const WARM_UP_CHANGES = 300;

/** How far reading is: changes read of all. */
export type Progress = (read: number, all: number) => void;

/** Every change of a repository up to a revision, measured and labelled, in landing order. Throws GitError. */
export async function readLabelled(
  repository: string,
  revision: string,
  days: number,
  progress: Progress,
): Promise<readonly LabelledChange[]> {
  const landings = await readLandings(repository, revision);
  const history = new ChangeHistory(landings.map((landing) => landing.hash));
  const outcomes = new Outcomes();
  for await (const change of readChanges(repository, landings)) {
    outcomes.add(change, history.next(change));
    progress(outcomes.count, landings.length);
  }
  return outcomes.labelled(days);
}

/** One deployment: the changes that are in `to` and not in `from`. */
export interface GitDeployment {
  readonly changes: readonly LabelledChange[];
  readonly features: Readonly<Record<ChangeFeature, number>>;
}

/**
 * The deployment of everything in `to` that is not in `from`; without `from`, what came with `to` itself.
 *
 * @param labelled the whole history up to `to`
 * @throws GitError for an unknown revision, RiskError when nothing was deployed between them
 */
export async function deploymentBetween(
  repository: string,
  from: string | null,
  to: string,
  labelled: readonly LabelledChange[],
): Promise<GitDeployment> {
  const parents = (await gitText(repository, ['rev-list', '--parents', '-n', '1', to, '--']))
    .trim()
    .split(' ')
    .slice(1);
  const base = from === null ? parents[0] : await verifiedCommit(repository, from);
  const text = await gitText(repository, ['rev-list', base === undefined ? to : `${base}..${to}`, '--']);
  const wanted = new Set(text.trim().split('\n'));
  const changes = labelled.filter((change) => wanted.has(change.hash));
  if (changes.length === 0) {
    const what = from === null ? to : `${from}..${to}`;
    throw new RiskError('too-few-rows', `${what} holds no change to measure: only merges, reverts or nothing.`);
  }
  return { changes, features: aggregateChanges(changes) };
}

/** Labelled changes as a data set of the change model: warmed up, mature and not planned. */
export function changeDataset(labelled: readonly LabelledChange[]): Dataset {
  const rows = labelled.filter(
    (change) => change.place >= WARM_UP_CHANGES && change.reverted !== null && !change.planned,
  );
  return withRelativeColumns({
    features: CHANGE_FEATURES.map((name) => ({ name, kind: 'number' })),
    rowCount: rows.length,
    columns: CHANGE_FEATURES.map((name) => Float64Array.from(rows, (row) => row.features[name])),
    labels: Uint8Array.from(rows, (row) => Number(row.reverted)),
    atMs: Float64Array.from(rows, (row) => row.landedAtS * 1000),
  });
}
