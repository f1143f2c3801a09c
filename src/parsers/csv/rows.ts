import type { Labels, RowBatch } from '../../core/model/sample.ts';

const FIRST_CAPACITY = 4;

/** Rows of one set of labels, growing; `values` is row-major and written in place by the readers. */
export class Rows {
  readonly labels: Labels;
  readonly columns: readonly string[];
  count = 0;
  capacity: number;
  atMs: Float64Array;
  values: Float64Array;

  /** `expectedRows` sizes the first allocation. */
  constructor(labels: Labels, columns: readonly string[], expectedRows: number) {
    this.labels = labels;
    this.columns = columns;
    this.capacity = Math.max(FIRST_CAPACITY, expectedRows);
    this.atMs = new Float64Array(this.capacity);
    this.values = new Float64Array(this.capacity * columns.length);
  }

  /** Makes room for one more row. */
  reserve(): void {
    if (this.count < this.capacity) return;
    this.capacity *= 2;
    const { atMs, values } = this;
    this.atMs = new Float64Array(this.capacity);
    this.atMs.set(atMs);
    this.values = new Float64Array(this.capacity * this.columns.length);
    this.values.set(values);
  }

  /** Moves the row that was written after the last one to other rows of the same columns. */
  moveUncountedTo(other: Rows): void {
    other.reserve();
    const width = this.columns.length;
    other.atMs[other.count] = this.atMs[this.count]!;
    const from = this.count * width;
    other.values.set(this.values.subarray(from, from + width), other.count * width);
    other.count++;
  }

  batch(): RowBatch {
    const { labels, columns, count } = this;
    return {
      labels,
      columns,
      rowCount: count,
      atMs: this.atMs.subarray(0, count),
      values: this.values.subarray(0, count * columns.length),
    };
  }
}

/** The rows of a block by their labels, in the order in which the labels appeared. */
export class RowGroups {
  private readonly columns: readonly string[];
  private readonly expectedRows: number;
  private readonly byLabels = new Map<string, Rows>();

  constructor(columns: readonly string[], expectedRows: number) {
    this.columns = columns;
    this.expectedRows = expectedRows;
  }

  /** The rows of these labels; `values` belong to `names` one by one, empty ones are no label. */
  rows(names: readonly string[], values: readonly string[]): Rows {
    const key = values.join('\u0000');
    const known = this.byLabels.get(key);
    if (known !== undefined) return known;
    const labels: Record<string, string> = {};
    names.forEach((name, index) => {
      if (values[index] !== undefined && values[index] !== '') labels[name] = values[index];
    });
    const rows = new Rows(labels, this.columns, this.byLabels.size === 0 ? this.expectedRows : 0);
    this.byLabels.set(key, rows);
    return rows;
  }

  batches(): RowBatch[] {
    return [...this.byLabels.values()].filter((rows) => rows.count > 0).map((rows) => rows.batch());
  }
}
