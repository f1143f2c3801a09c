import { expect, it } from 'vitest';
import { SparseRows } from '../../../src/parsers/sparse-rows.ts';

it('joins what belongs to one moment into a row, and keeps duplicates as rows of their own', () => {
  const rows = new SparseRows();
  rows.add({}, 1, [['a', 1]]);
  rows.add({}, 1, [['b', 2]]);
  rows.add({}, 1, [['a', 3]]);
  rows.add({}, 2, [['c', 4]]);
  rows.add({}, 1, [['c', 5]]);
  const none = Number.NaN;
  expect(rows.batches()).toEqual([
    {
      labels: {},
      columns: ['a', 'b', 'c'],
      rowCount: 4,
      atMs: Float64Array.of(1, 1, 2, 1),
      values: Float64Array.of(1, 2, none, 3, none, none, none, none, 4, none, none, 5),
    },
  ]);
});

it('makes a batch per set of labels', () => {
  const rows = new SparseRows();
  rows.add({ pipeline: 'x' }, 1, [['a', 1]]);
  rows.add({ pipeline: 'y' }, 1, [['a', 2]]);
  rows.add({ pipeline: 'x' }, 2, [['a', 3]]);
  expect(rows.batches().map(({ labels, values }) => [labels['pipeline'], ...values])).toEqual([
    ['x', 1, 3],
    ['y', 2],
  ]);
});
