import type { Risk } from '../../core/model/risk.ts';
import { adaptModel } from '../../core/risk/adapt.ts';
import { withRelative } from '../../core/risk/change-features.ts';
import type { FeatureVector } from '../../core/risk/feature.ts';
import { toRow } from '../../core/risk/feature.ts';
import type { LabelledChange } from '../../core/risk/history/outcomes.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import { riskOfRow } from '../../core/risk/model.ts';
import { reliabilityText } from '../../core/risk/reliability-text.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { similarDeployments } from '../../core/risk/similar.ts';
import { WARM_UP_CHANGES, changeDataset, deploymentBetween } from './git-history.ts';
import { columnIndex, readTable } from './read-table.ts';
import type { Reliability } from './reliability.ts';
import { fitToModel, reliabilityOf } from './reliability.ts';

/** A past deployment like the one asked about. */
export interface PastDeployment {
  readonly what: string;
  readonly atMs: number;
  readonly bad: boolean;
  readonly distance: number;
}

/** A prediction with what is needed to believe or doubt it. */
export interface Prediction {
  readonly risk: Risk;
  readonly similar: readonly PastDeployment[];
  readonly reliability: Reliability | null;
  readonly notes: readonly string[];
}

const SIMILAR = 5;

/** The risk of what is deployed between two revisions, in the light of the repository's own past. */
export async function predictFromGit(
  model: RiskModel,
  repository: string,
  from: string | null,
  to: string,
  labelled: readonly LabelledChange[],
): Promise<Prediction> {
  const deployment = await deploymentBetween(repository, from, to, labelled);
  const startS = deployment.changes[0]!.landedAtS;
  const earlier = labelled.filter((change) => change.landedAtS < startS);
  const past = fitToModel(model, changeDataset(earlier));
  const here = adaptModel(model, past);
  const row = toRow(model.file.features, withRelative(deployment.features));
  const learnable = earlier.filter(
    (change) => change.place >= WARM_UP_CHANGES && change.reverted !== null && !change.planned,
  );
  const similar = similarDeployments(here, row, past, SIMILAR).map(({ index, distance, bad }) => {
    const change = learnable[index]!;
    return { what: `${change.hash.slice(0, 12)} ${change.subject}`, atMs: change.landedAtS * 1000, bad, distance };
  });
  const notes: string[] = [];
  if (past.rowCount < WARM_UP_CHANGES) {
    notes.push(`Only ${past.rowCount} changes with a known outcome: the model hardly knows this repository.`);
  }
  const reliability = past.rowCount === 0 ? null : reliabilityOf(here, past);
  return { risk: riskOfRow(here, row), similar, reliability, notes: [...notes, ...(reliability?.notes ?? [])] };
}

/** The risk of one row of a features table: the last of a pipeline, or the last of all. @throws RiskError */
export function predictFromTable(model: RiskModel, path: string, pipeline: string | null): Prediction {
  const table = readTable(path);
  const at = pipeline === null ? -1 : columnIndex(table, 'pipeline_id');
  const row = pipeline === null ? table.rows.at(-1) : table.rows.findLast((one) => one[at]!.trim() === pipeline);
  if (row === undefined) {
    throw new RiskError(
      'bad-value',
      pipeline === null ? `${path} has no row.` : `${path} has no row of pipeline "${pipeline}".`,
    );
  }
  const vector: FeatureVector = Object.fromEntries(
    table.header.map((name, i) => {
      const text = row[i]!.trim();
      return [name, text === '' || text.toLowerCase() === 'nan' ? null : text];
    }),
  );
  const risk = riskOfRow(model, toRow(model.file.features, numbers(vector, model)));
  return {
    risk: { ...risk, reliability: reliabilityText(model.file.evaluation, 'held-back') },
    similar: [],
    reliability: null,
    notes: [],
  };
}

/** Adds the relative features when the model speaks of changes; their inputs must be numbers for that. */
function numbers(vector: FeatureVector, model: RiskModel): FeatureVector {
  if (!model.file.features.some((feature) => feature.name === 'author_relative')) return vector;
  const asNumbers = Object.entries(vector).map(([name, value]) => {
    const number = value === null ? NaN : Number(value);
    return [name, Number.isFinite(number) ? number : value] as const;
  });
  return { ...withRelative(Object.fromEntries(asNumbers)) };
}
