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
import type { Table } from './read-table.ts';
import { columnIndex, readTable } from './read-table.ts';
import type { Reliability } from './reliability.ts';
import { fitToModel, reliabilityOf } from './reliability.ts';

/** A past deployment like the one asked about. */
export interface PastDeployment {
  readonly what: string;
  /** Null when it is not known. */
  readonly atMs: number | null;
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

/** Which row of a features table is asked about, and what is known of those before it. */
export interface TableQuestion {
  /** The last row of this pipeline; null = the last of all. */
  readonly pipeline: string | null;
  /** Column that says what became of a row: 1 = bad, 0 = good, empty = not known; null = the table does not say. */
  readonly label: string | null;
}

/** The risk of one row of a features table, with similar ones before it where these have an outcome. @throws RiskError */
export function predictFromTable(model: RiskModel, path: string, { pipeline, label }: TableQuestion): Prediction {
  const table = readTable(path);
  const names = pipeline === null ? -1 : columnIndex(table, 'pipeline_id');
  const place =
    pipeline === null ? table.rows.length - 1 : table.rows.findLastIndex((one) => one[names]!.trim() === pipeline);
  if (place === -1) {
    throw new RiskError(
      'bad-value',
      pipeline === null ? `${path} has no row.` : `${path} has no row of pipeline "${pipeline}".`,
    );
  }
  const row = tableRow(model, table, place);
  const risk = riskOfRow(model, row);
  return {
    risk: { ...risk, reliability: reliabilityText(model.file.evaluation, 'held-back') },
    similar: label === null ? [] : similarInTable(model, table, place, row, columnIndex(table, label)),
    reliability: null,
    notes: [],
  };
}

function similarInTable(
  model: RiskModel,
  table: Table,
  place: number,
  row: Float64Array,
  label: number,
): readonly PastDeployment[] {
  const known = table.rows.slice(0, place).flatMap((cells, i) => (/^[01]$/.test(cells[label]!.trim()) ? [i] : []));
  const rows = known.map((i) => tableRow(model, table, i));
  const past = {
    features: model.file.features,
    rowCount: rows.length,
    columns: model.file.features.map((_, f) => Float64Array.from(rows, (one) => one[f]!)),
    labels: Uint8Array.from(known, (i) => Number(table.rows[i]![label])),
    atMs: new Float64Array(rows.length).fill(NaN),
  };
  const names = table.header.indexOf('pipeline_id');
  return similarDeployments(model, row, past, SIMILAR).map(({ index, distance, bad }) => {
    const number = known[index]!;
    const what = names === -1 ? `row ${number + 1}` : table.rows[number]![names]!.trim();
    return { what, atMs: null, bad, distance };
  });
}

/** What the model reads of a row of a table. @throws RiskError when a feature is missing or no number */
function tableRow(model: RiskModel, table: Table, place: number): Float64Array {
  const vector: FeatureVector = Object.fromEntries(
    table.header.map((name, i) => {
      const text = table.rows[place]![i]!.trim();
      return [name, text === '' || text.toLowerCase() === 'nan' ? null : text];
    }),
  );
  return toRow(model.file.features, numbers(vector, model));
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
