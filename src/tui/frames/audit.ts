import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span, spread } from '../format/line.ts';
import { width } from '../format/text.ts';
import { momentText } from '../format/time.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { eventDetail, eventLine, eventText } from '../views/event-text.ts';
import { commonBars } from '../views/fleet-bars.ts';
import { footerLine } from '../views/footer-line.ts';
import { listRows } from '../views/layout.ts';
import { nameSpan, standingLine } from '../views/title-line.ts';
import type { Frame } from './frame.ts';
import { pageFrame } from './page.ts';

/** What was recorded of late, one line each, oldest at the top; one event in full after Enter. */
export function auditFrame(ui: UiState, live: Snapshot): Frame {
  const events = shownSnapshot(ui, live).recentEvents;
  const bars = commonBars(ui, live).slice(0, 1);
  const place = `${events.length} newest events · all of them: rollwatch audit list`;
  const left: Line = [nameSpan(), span('audit '), span(` ${place}`, 'muted')];
  const title = spread(left, [...standingLine(ui, live), span(' ')], ui.columns);
  return pageFrame(ui, title, [...bars, ...body(ui, live, bars.length)], footerLine('audit', ui.message, ui.columns));
}

function body(ui: UiState, live: Snapshot, bars: number): readonly Line[] {
  const events = shownSnapshot(ui, live).recentEvents;
  if (events.length === 0) return [[], [span('   Nothing has happened yet.')]];
  const selected = events.find((event) => event.seq === ui.audit.seq);
  if (ui.audit.isOpen && selected !== undefined) return eventDetail(selected, ui.columns);
  const nameColumns = Math.min(24, Math.max(8, ...events.map((each) => width(eventText(each.event).pipeline))));
  const shown = events.slice(ui.audit.top, ui.audit.top + listRows(ui.rows) - bars);
  const times = shown.map(({ atMs }) => momentText(atMs, live.nowMs));
  const columns = { time: Math.max(...times.map(width)), name: nameColumns };
  return shown.map((event, row) => eventLine(event, event.seq === ui.audit.seq, times[row]!, columns));
}
