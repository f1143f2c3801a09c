import { Text } from 'ink';
import { Table } from 'ink-table';
import type { ComponentType } from 'react';
import { memo, useContext, useMemo } from 'react';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { painted } from '../format/paint.ts';
import type { FleetGrid } from '../frames/frame.ts';
import { AsciiContext } from './Lines.tsx';

type CellProps = { readonly children: string };

interface TableProps {
  readonly data: readonly Readonly<Record<string, string>>[];
  readonly cell: ComponentType<CellProps>;
  readonly header: ComponentType<CellProps>;
  readonly skeleton: ComponentType;
}

// The package's types name a global JSX namespace that React 19 no longer has; this is what it takes.
const CompactTable = memo(Table as unknown as ComponentType<TableProps>);
const BLANK = span(' ');

/**
 * The fleet's table: ink-table without its frame, one line per pipeline below the line of headings. The grid has cut
 * and filled its cells already, so that they go in as one text each row: one for each cell would be laid out, measured
 * and painted a dozen times as often.
 */
export function FleetTable({ grid }: { readonly grid: FleetGrid }) {
  const isAscii = useContext(AsciiContext);
  const heading = painted([span(grid.headings.join(' '), 'muted')], isAscii);
  const text = grid.rows.map((cells) => painted(spaced(cells), isAscii)).join('\n');
  // ink-table draws all rows when its data changes: an equal text is the same data.
  const data = useMemo(() => (text === '' ? [] : text.split('\n').map((row) => ({ [heading]: row }))), [heading, text]);
  return <CompactTable data={data} cell={Row} header={Row} skeleton={Skeleton} />;
}

function spaced(cells: readonly Line[]): Line {
  return cells.flatMap((cell, column) => (column === 0 ? cell : [BLANK, ...cell]));
}

// ink-table puts a blank before the text, and behind it what fills its column.
const Row = memo(function Row({ children }: CellProps) {
  return <Text wrap="truncate">{children.slice(1).trimEnd()}</Text>;
});

function Skeleton() {
  return null;
}
