import { Table } from 'ink-table';
import type { ComponentType, PropsWithChildren } from 'react';
import { createContext, memo, useContext, useMemo } from 'react';
import type { Line } from '../format/line.ts';
import { plainText, span } from '../format/line.ts';
import type { FleetGrid } from '../frames/frame.ts';
import { LineText } from './Lines.tsx';

interface TableProps {
  readonly data: readonly Readonly<Record<string, string>>[];
  readonly cell: ComponentType<PropsWithChildren<{ readonly column: number }>>;
  readonly header: ComponentType<PropsWithChildren>;
  readonly skeleton: ComponentType<PropsWithChildren>;
}

// The package's types name a global JSX namespace that React 19 no longer has; this is what it takes.
const CompactTable = memo(Table as unknown as ComponentType<TableProps>);
const GridContext = createContext<FleetGrid>({ headings: [], rows: [] });
const BLANK: Line = [span(' ')];

// ink-table hands a cell nothing but its column and its text. So each text begins with a mark of its row, taken from
// the private use area, which `visible` keeps out of data; the cell finds its styles in the grid by row and column.
const FIRST_MARK = 0xe000;

/** The fleet's table: ink-table without its frame, one line per pipeline below the line of headings. */
export function FleetTable({ grid }: { readonly grid: FleetGrid }) {
  // ink-table draws all rows when its data changes: an equal text is the same data.
  const text = JSON.stringify(grid.rows.map((cells, row) => cells.map((cell) => marked(row, plainText(cell)))));
  const headings = grid.headings.join('\n');
  const data = useMemo(() => toRecords(headings.split('\n'), JSON.parse(text) as string[][]), [headings, text]);
  return (
    <GridContext value={grid}>
      <CompactTable data={data} cell={Cell} header={Header} skeleton={Skeleton} />
    </GridContext>
  );
}

function toRecords(headings: readonly string[], rows: readonly (readonly string[])[]): TableProps['data'] {
  // A heading is a key to ink-table; its own mark keeps two equal ones apart.
  return rows.map((cells) =>
    Object.fromEntries(cells.map((cell, column) => [marked(column, headings[column] ?? ''), cell])),
  );
}

function marked(index: number, text: string): string {
  return String.fromCharCode(FIRST_MARK + index) + text;
}

function markOf(children: unknown): number {
  // ink-table puts one blank of padding before the text.
  return typeof children === 'string' ? children.trimStart().charCodeAt(0) - FIRST_MARK : -1;
}

function Cell({ column, children }: PropsWithChildren<{ readonly column: number }>) {
  const cells = useContext(GridContext).rows[markOf(children)] ?? [];
  const isLast = column === cells.length - 1;
  return <CellText line={cells[column] ?? BLANK} isLast={isLast} />;
}

const CellText = memo(function CellText({ line, isLast }: { readonly line: Line; readonly isLast: boolean }) {
  return <LineText line={isLast ? line : [...line, ...BLANK]} />;
});

function Header({ children }: PropsWithChildren) {
  const { headings } = useContext(GridContext);
  const column = markOf(children);
  const text = headings[column];
  // The padding of the heading comes as a child of its own without a mark in it.
  if (text === undefined) return null;
  return <LineText line={[span(column === headings.length - 1 ? text : `${text} `, 'muted')]} />;
}

function Skeleton() {
  return null;
}
