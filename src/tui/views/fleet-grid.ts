import type { Snapshot } from '../../core/session/snapshot.ts';
import { fleetList } from '../state/fleet.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import type { FleetGrid } from '../frames/frame.ts';
import { columnHeading, fleetCell } from './fleet-cells.ts';
import type { Column } from './fleet-columns.ts';
import { fleetColumns } from './fleet-columns.ts';

/** Headings and cells of the rows that are in view; `height` rows at most. */
export function fleetGrid(ui: UiState, live: Snapshot, height: number): FleetGrid {
  const snapshot = shownSnapshot(ui, live);
  const list = fleetList(ui, live);
  const columns = fleetColumns(ui.columns, snapshot.pipelines);
  const shown = metricNames(columns);
  const rows = list.slice(ui.fleetTop, ui.fleetTop + height).map((item) => {
    const context = { nowMs: snapshot.nowMs, selected: item.view.pipeline === ui.selected, shown };
    return columns.map((column) => fleetCell(item, column, context));
  });
  return { headings: columns.map(columnHeading), rows };
}

// A metric that has a column, or a cell of its own row, need not be named by the verdict.
function metricNames(columns: readonly Column[]): ReadonlySet<string> | 'own' {
  if (columns.some((column) => column.kind === 'spark')) return 'own';
  return new Set(columns.flatMap((column) => (column.kind === 'metric' ? [column.spec.name] : [])));
}
