import { filesOf, labelColumn, projectOf } from '../../src/app/risk/project-data.ts';
import { columnIndex, numericColumn, readTable } from '../../src/app/risk/read-table.ts';
import type { Dataset } from '../../src/core/risk/dataset.ts';
import { selectRows } from '../../src/core/risk/dataset.ts';

/** A project of the JIT-DP protocol with the paper's split: first 80 % by date to learn from, the rest to be judged on. */
export interface JitProject {
  readonly project: string;
  readonly train: Dataset;
  readonly test: Dataset;
}

const LABEL = 'label_bug_inducing';
const NOT_FEATURES = new Set(['project', 'commit', 'landed_at', LABEL, 'split']);

/** Reads every `jitdp_<project>.csv` of a folder. */
export function readJitProjects(folder: string): readonly JitProject[] {
  return filesOf(folder, 'jitdp').map((path) => {
    const table = readTable(path);
    const names = table.header.filter((name) => !NOT_FEATURES.has(name));
    const all: Dataset = {
      features: names.map((name) => ({ name, kind: 'number' })),
      rowCount: table.rows.length,
      columns: names.map((name) => numericColumn(table, name)),
      labels: labelColumn(table, LABEL),
      atMs: numericColumn(table, 'landed_at').map((seconds) => seconds * 1000),
    };
    const split = columnIndex(table, 'split');
    const rows = (wanted: (text: string) => boolean): Dataset => {
      const kept = table.rows.flatMap((row, i) => (wanted(row[split]!) ? [i] : []));
      return selectRows(
        all,
        kept.sort((a, b) => all.atMs[a]! - all.atMs[b]! || a - b),
      );
    };
    return {
      project: projectOf(path, 'jitdp'),
      train: rows((text) => text === 'train'),
      test: rows((text) => text !== 'train'),
    };
  });
}
