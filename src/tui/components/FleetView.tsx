import { Box } from 'ink';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { rule, span } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { fleetList } from '../state/fleet.ts';
import { emptyLines } from '../views/empty-lines.ts';
import { fleetBars } from '../views/fleet-bars.ts';
import { fleetGrid } from '../views/fleet-grid.ts';
import { fleetRows } from '../views/layout.ts';
import { fleetTitle } from '../views/title-line.ts';
import { footerLine } from '../views/footer-line.ts';
import { cutLine } from '../format/line.ts';
import { FleetTable } from './FleetTable.tsx';
import { Lines } from './Lines.tsx';
import { listPosition } from '../views/list-position.ts';

/** The fleet: title, table, what asks for attention, keys. Exactly as high as the terminal. */
export function FleetView({ ui, live }: { readonly ui: UiState; readonly live: Snapshot }) {
  const { columns, rows } = ui;
  const snapshot = shownSnapshot(ui, live);
  const bars = fleetBars(ui, live).map((bar) => cutLine([span(' '), ...bar], columns));
  const height = fleetRows(rows, bars.length);
  const title = fleetTitle(ui, live);
  const list = fleetList(ui, live);
  const hasRules = rows >= 14;
  const bottom: Line[] = [
    ...(hasRules ? [positionRule(ui, live, height, columns)] : []),
    ...bars,
    footerLine('fleet', ui.message, columns, snapshot.pipelines.length === 0),
  ];
  return (
    <Box flexDirection="column" height={rows} width={columns} overflow="hidden">
      <Lines lines={hasRules ? [title, rule(columns)] : [title]} />
      <Box flexDirection="column" height={height + 1} overflow="hidden" flexShrink={0}>
        {list.length > 0 ? <FleetTable grid={fleetGrid(ui, live, height)} /> : <Lines lines={nothing(ui, snapshot)} />}
      </Box>
      <Lines lines={bottom} />
    </Box>
  );
}

function nothing(ui: UiState, snapshot: Snapshot): readonly Line[] {
  if (snapshot.pipelines.length === 0) return emptyLines(snapshot, ui.columns);
  return [[], [span(`   No pipeline matches /${ui.filter}. Esc clears the filter.`)]];
}

function positionRule(ui: UiState, live: Snapshot, height: number, columns: number): Line {
  const text = listPosition(ui, live, height);
  return text === ''
    ? rule(columns)
    : [...rule(columns - text.length - 3), span(` ${text} `, 'muted'), span('─', 'muted')];
}
