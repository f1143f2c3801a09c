import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, rule, span } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { fleetList } from '../state/fleet.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { emptyLines } from '../views/empty-lines.ts';
import { fleetBars } from '../views/fleet-bars.ts';
import { fleetGrid } from '../views/fleet-grid.ts';
import { footerLine } from '../views/footer-line.ts';
import { fleetRows } from '../views/layout.ts';
import { listPosition } from '../views/list-position.ts';
import { fleetTitle } from '../views/title-line.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** The fleet: title, table, what asks for attention, keys. */
export function fleetFrame(ui: UiState, live: Snapshot): Frame {
  const { columns, rows } = ui;
  const snapshot = shownSnapshot(ui, live);
  const bars = fleetBars(ui, live).map((bar) => cutLine([span(' '), ...bar], columns));
  const height = fleetRows(rows, bars.length);
  const hasRules = rows >= 14;
  const head: Line[] = [fleetTitle(ui, live), ...(hasRules ? [rule(columns)] : [])];
  const foot: Line[] = [
    ...(hasRules ? [positionRule(ui, live, height)] : []),
    ...bars,
    footerLine('fleet', ui.message, columns, snapshot.pipelines.length === 0),
  ];
  if (fleetList(ui, live).length > 0) {
    return { columns, rows, head, table: { grid: fleetGrid(ui, live, height), rows: height + 1 }, foot };
  }
  const body = snapshot.pipelines.length === 0 ? emptyLines(snapshot, columns) : noMatch(ui);
  return plainFrame(ui, [...head, ...body.slice(0, height + 1).map((line) => cutLine(line, columns))], foot);
}

function noMatch(ui: UiState): readonly Line[] {
  return [[], [span(`   No pipeline matches /${visible(ui.filter)}. Esc clears the filter.`)]];
}

function positionRule(ui: UiState, live: Snapshot, height: number): Line {
  const text = listPosition(ui, live, height);
  if (text === '') return rule(ui.columns);
  return [...rule(ui.columns - text.length - 3), span(` ${text} `, 'muted'), span('─', 'muted')];
}
