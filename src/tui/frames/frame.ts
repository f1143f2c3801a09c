import type { Line } from '../format/line.ts';
import { isSameLine } from '../format/line.ts';

/** The visible slice of the fleet as cells, cut and filled to the widths of their columns. */
export interface FleetGrid {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Line[])[];
}

/** All that is on the screen at one moment, as plain data: what is equal need not be drawn again. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  /** Lines from the top. */
  readonly head: readonly Line[];
  /** The fleet's table below them, in exactly `rows` lines, its headings included. */
  readonly table: { readonly grid: FleetGrid; readonly rows: number } | null;
  /** Lines at the bottom. */
  readonly foot: readonly Line[];
}

/** A frame without a table. */
export function plainFrame(
  size: { readonly columns: number; readonly rows: number },
  head: readonly Line[],
  foot: readonly Line[],
): Frame {
  return { columns: size.columns, rows: size.rows, head, table: null, foot };
}

/** Whether two frames look the same. */
export function isSameFrame(a: Frame, b: Frame): boolean {
  if (a.columns !== b.columns || a.rows !== b.rows) return false;
  if (!areSameLines(a.head, b.head) || !areSameLines(a.foot, b.foot)) return false;
  if (a.table === null || b.table === null) return a.table === b.table;
  return a.table.rows === b.table.rows && isSameGrid(a.table.grid, b.table.grid);
}

function isSameGrid(a: FleetGrid, b: FleetGrid): boolean {
  return (
    a.headings.join('\n') === b.headings.join('\n') &&
    a.rows.length === b.rows.length &&
    a.rows.every((cells, row) => areSameLines(cells, b.rows[row] ?? []))
  );
}

function areSameLines(a: readonly Line[], b: readonly Line[]): boolean {
  return a.length === b.length && a.every((line, index) => isSameLine(line, b[index] ?? []));
}
