import { CHANGE_FEATURES } from '../../core/risk/change-features.ts';
import type { Dataset } from '../../core/risk/dataset.ts';
import { selectRows } from '../../core/risk/dataset.ts';
import type { FeatureSpec } from '../../core/risk/feature.ts';
import { encode } from '../../core/risk/feature.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { parseTimestamp } from '../../parsers/timestamp.ts';
import { rollbackData } from './project-data.ts';
import type { Table } from './read-table.ts';
import { columnIndex } from './read-table.ts';

/** Which columns of a table are what. */
export interface TableColumns {
  readonly label: string;
  /** Column with the time of the deployment; null = rows are in order of time. */
  readonly time: string | null;
  /** Columns that are neither features nor label: names, hashes. */
  readonly ignore: readonly string[];
}

const NEVER_FEATURES = new Set(['project', 'commit', 'pipeline_id', 'landed_at', 'at_ms', 'planned', 'timestamp']);
const MOST_CATEGORIES = 50;
/** Categories are ordered by what became of the earlier rows, so that later ones can judge a model fairly. */
const ORDERED_ON = 0.7;

/** A table of past deployments as a data set, oldest first. Rows without a label are left out. */
export function tableDataset(table: Table, { label, time, ignore }: TableColumns): Dataset {
  if (label === 'label_reverted_14d' && CHANGE_FEATURES.every((name) => table.header.includes(name))) {
    return rollbackData(labelledOnly(table, label));
  }
  const labelled = labelledOnly(table, label);
  const labelAt = columnIndex(labelled, label);
  const labels = Uint8Array.from(labelled.rows, (row, i) => binary(row[labelAt]!, label, labelled, i));
  const atMs = timesOf(labelled, time);
  const skipped = new Set([...NEVER_FEATURES, ...ignore, label, ...(time === null ? [] : [time])]);
  const names = table.header.filter((name) => !skipped.has(name) && !name.startsWith('_'));
  if (names.length === 0) throw new RiskError('feature-mismatch', `${table.path} has no column that can be a feature.`);
  const order = [...atMs.keys()].sort((a, b) => atMs[a]! - atMs[b]! || a - b);
  const features = names.map((name) => specOf(labelled, name, labels, order));
  const columns = features.map((feature) => {
    const at = columnIndex(labelled, feature.name);
    return Float64Array.from(labelled.rows, (row) => encode(feature, known(row[at]!)));
  });
  return selectRows({ features, rowCount: labelled.rows.length, columns, labels, atMs }, order);
}

function labelledOnly(table: Table, label: string): Table {
  const at = columnIndex(table, label);
  return { ...table, rows: table.rows.filter((row) => row[at]!.trim() !== '') };
}

function binary(text: string, label: string, table: Table, row: number): number {
  const value = text.trim().toLowerCase();
  if (['1', 'true', 'yes'].includes(value)) return 1;
  if (['0', 'false', 'no'].includes(value)) return 0;
  throw new RiskError(
    'bad-value',
    `${table.path}, labelled row ${row + 1}: "${label}" must be 0 or 1; found "${text}".`,
  );
}

function timesOf(table: Table, time: string | null): Float64Array {
  if (time === null) return new Float64Array(table.rows.length);
  const at = columnIndex(table, time);
  return Float64Array.from(table.rows, (row, i) => {
    const atMs = parseTimestamp(row[at]!, 0);
    if (!Number.isNaN(atMs)) return atMs;
    throw new RiskError(
      'bad-value',
      `${table.path}, labelled row ${i + 1}: "${time}" must be a time; found "${row[at]!}".`,
    );
  });
}

/** Number when all known values are numbers; else a category, its values from the safest to the riskiest. */
function specOf(table: Table, name: string, labels: Uint8Array, order: readonly number[]): FeatureSpec {
  const at = columnIndex(table, name);
  const values = table.rows.map((row) => known(row[at]!));
  const texts = values.filter((value) => value !== null && !Number.isFinite(Number(value)));
  if (texts.length === 0) return { name, kind: 'number' };
  const numeric = values.filter((value) => value !== null).length - texts.length;
  if (numeric > texts.length) {
    const row = values.findIndex((value) => value !== null && !Number.isFinite(Number(value)));
    throw new RiskError(
      'bad-value',
      `${table.path}, labelled row ${row + 1}: "${name}" is a number elsewhere; found "${values[row]!}".`,
    );
  }
  const seen = new Map<string, { rows: number; bad: number }>();
  for (const row of order.slice(0, Math.ceil(order.length * ORDERED_ON))) {
    const value = values[row];
    if (value === null || value === undefined) continue;
    const count = seen.get(value) ?? { rows: 0, bad: 0 };
    seen.set(value, { rows: count.rows + 1, bad: count.bad + labels[row]! });
  }
  const rate = ({ rows, bad }: { rows: number; bad: number }): number => (bad + 1) / (rows + 10);
  const kept = [...seen].sort(([, a], [, b]) => b.rows - a.rows).slice(0, MOST_CATEGORIES);
  const byRisk = kept.sort(([a, x], [b, y]) => rate(x) - rate(y) || (a < b ? -1 : 1));
  return { name, kind: 'category', values: byRisk.map(([value]) => value) };
}

function known(text: string): string | null {
  const value = text.trim();
  return value === '' || value.toLowerCase() === 'nan' ? null : value;
}
