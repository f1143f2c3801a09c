import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHANGE_FEATURES, withRelativeColumns } from '../../core/risk/change-features.ts';
import type { Dataset } from '../../core/risk/dataset.ts';
import { selectRows } from '../../core/risk/dataset.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import type { Table } from './read-table.ts';
import { columnIndex, numericColumn, readTable } from './read-table.ts';

/** Columns a rollback file may have that are never features: identity, planned work and what happened afterwards. */
const LABEL = 'label_reverted_14d';

/** A project's changes with the label "reverted within 14 days", oldest first. */
export interface ProjectData {
  readonly project: string;
  readonly data: Dataset;
}

/**
 * Reads every `rollback_<project>.csv` of a folder: change features, `landed_at` (Unix seconds), `planned` and the label.
 *
 * Planned undos (depool, maintenance, temporary …) are left out: they were not rollbacks.
 *
 * @throws RiskError naming the file, line or column that does not fit
 */
export function readRollbackProjects(folder: string): readonly ProjectData[] {
  return filesOf(folder, 'rollback').map((path) => ({
    project: projectOf(path, 'rollback'),
    data: rollbackData(readTable(path)),
  }));
}

/** The change features of one table with their labels; relative features are added. */
export function rollbackData(table: Table): Dataset {
  const planned = table.header.includes('planned') ? numericColumn(table, 'planned') : null;
  const landedAt = numericColumn(table, 'landed_at');
  const all: Dataset = {
    features: CHANGE_FEATURES.map((name) => ({ name, kind: 'number' })),
    rowCount: table.rows.length,
    columns: CHANGE_FEATURES.map((name) => numericColumn(table, name)),
    labels: labelColumn(table, LABEL),
    atMs: landedAt.map((seconds) => seconds * 1000),
  };
  const kept = [...landedAt.keys()].filter((i) => planned === null || planned[i] !== 1);
  return withRelativeColumns(
    selectRows(
      all,
      kept.sort((a, b) => landedAt[a]! - landedAt[b]! || a - b),
    ),
  );
}

/** A 0/1 column. @throws RiskError naming line and text otherwise */
export function labelColumn(table: Table, name: string): Uint8Array {
  const index = columnIndex(table, name);
  return Uint8Array.from(table.rows, (row, line) => {
    const text = row[index]!.trim();
    if (text !== '0' && text !== '1') {
      throw new RiskError('bad-value', `${table.path}, line ${line + 2}: "${name}" must be 0 or 1; found "${text}".`);
    }
    return Number(text);
  });
}

/** Files `<kind>_<project>.csv` of a folder in alphabetical order. */
export function filesOf(folder: string, kind: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new RiskError('bad-value', `Cannot read the folder ${folder}: ${(error as Error).message}.`);
  }
  return names
    .filter((name) => name.startsWith(`${kind}_`) && name.endsWith('.csv'))
    .sort()
    .map((name) => join(folder, name));
}

/** `rollback_wmci.csv` → `wmci`. */
export function projectOf(path: string, kind: string): string {
  return basename(path, '.csv').slice(kind.length + 1);
}
