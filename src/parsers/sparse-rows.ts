import type { Labels, RowBatch } from '../core/model/sample.ts';

/** The rows of one set of labels while they are read: a row's cells are column and value by turns. */
interface Group {
  readonly labels: Labels;
  readonly columnIndex: Map<string, number>;
  readonly atMs: number[];
  readonly cells: number[][];
  /** Columns that the last row has. */
  lastColumns: Set<number>;
}

/**
 * Collects rows that name their columns themselves; columns are the union over a block, NaN where a row has none. A row with
 * the time of the one before it and none of its columns is part of it: formats with a line per metric give whole rows too.
 */
export class SparseRows {
  private readonly groups = new Map<string, Group>();

  add(labels: Labels, atMs: number, values: readonly (readonly [string, number])[]): void {
    const group = this.group(labels);
    const columns = values.map(([name]) => columnOf(group, name));
    const joins = group.atMs.at(-1) === atMs && !columns.some((column) => group.lastColumns.has(column));
    if (!joins) {
      group.atMs.push(atMs);
      group.cells.push([]);
      group.lastColumns = new Set();
    }
    const cells = group.cells.at(-1)!;
    values.forEach(([, value], index) => {
      cells.push(columns[index]!, value);
      group.lastColumns.add(columns[index]!);
    });
  }

  batches(): RowBatch[] {
    return [...this.groups.values()].map((group) => batchOf(group));
  }

  private group(labels: Labels): Group {
    const key = JSON.stringify([labels['pipeline'], labels['environment'], labels['version'], labels['cohort']]);
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const group: Group = { labels, columnIndex: new Map(), atMs: [], cells: [], lastColumns: new Set() };
    this.groups.set(key, group);
    return group;
  }
}

function columnOf(group: Group, name: string): number {
  const known = group.columnIndex.get(name);
  if (known !== undefined) return known;
  group.columnIndex.set(name, group.columnIndex.size);
  return group.columnIndex.size - 1;
}

function batchOf(group: Group): RowBatch {
  const columns = [...group.columnIndex.keys()];
  const values = new Float64Array(group.atMs.length * columns.length).fill(Number.NaN);
  group.cells.forEach((cells, row) => {
    for (let index = 0; index < cells.length; index += 2) {
      values[row * columns.length + cells[index]!] = cells[index + 1]!;
    }
  });
  const atMs = Float64Array.from(group.atMs);
  return { labels: group.labels, columns, rowCount: atMs.length, atMs, values };
}
