import type { Labels, RowBatch } from '../core/model/sample.ts';

/** The rows of one set of labels while they are read: `cells` holds column and value by turns. */
interface Group {
  readonly labels: Labels;
  readonly columnIndex: Map<string, number>;
  readonly atMs: number[];
  readonly cells: number[][];
}

/** Collects rows that name their columns themselves; columns are the union over a block, NaN where a row has none. */
export class SparseRows {
  private readonly groups = new Map<string, Group>();

  add(labels: Labels, atMs: number, values: Iterable<readonly [string, number]>): void {
    const group = this.group(labels);
    const cells: number[] = [];
    for (const [name, value] of values) cells.push(columnOf(group, name), value);
    group.atMs.push(atMs);
    group.cells.push(cells);
  }

  batches(): RowBatch[] {
    return [...this.groups.values()].map((group) => batchOf(group));
  }

  private group(labels: Labels): Group {
    const key = JSON.stringify([labels['pipeline'], labels['environment'], labels['version']]);
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const group: Group = { labels, columnIndex: new Map(), atMs: [], cells: [] };
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
