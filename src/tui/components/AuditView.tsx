import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span, spread } from '../format/line.ts';
import { width } from '../format/text.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { eventDetail, eventLine, eventText } from '../views/event-text.ts';
import { commonBars } from '../views/fleet-bars.ts';
import { footerLine } from '../views/footer-line.ts';
import { listRows } from '../views/layout.ts';
import { nameSpan, standingLine } from '../views/title-line.ts';
import { PageView } from './PageView.tsx';

/** What happened in this session, one line each, oldest at the top; one event in full after Enter. */
export function AuditView({ ui, live }: { readonly ui: UiState; readonly live: Snapshot }) {
  const events = shownSnapshot(ui, live).recentEvents;
  const selected = events.find((event) => event.seq === ui.audit.seq);
  const height = listRows(ui.rows);
  const nameColumns = Math.min(24, Math.max(8, ...events.map((each) => width(eventText(each.event).pipeline))));
  const bars = commonBars(ui, live).slice(0, 1);
  const body: readonly Line[] =
    ui.audit.isOpen && selected !== undefined
      ? eventDetail(selected, ui.columns)
      : events
          .slice(ui.audit.top, ui.audit.top + height - bars.length)
          .map((event) => eventLine(event, event.seq === ui.audit.seq, nameColumns));
  const lines = events.length === 0 ? [[], [span('   Nothing has happened yet.')]] : body;
  const place = `${events.length} events of this session · all of them: rollwatch audit list`;
  return (
    <PageView
      columns={ui.columns}
      rows={ui.rows}
      title={spread(
        [nameSpan(), span('audit '), span(` ${place}`, 'muted')],
        [...standingLine(ui, live), span(' ')],
        ui.columns,
      )}
      lines={[...bars, ...lines]}
      footer={footerLine('audit', ui.message, ui.columns)}
    />
  );
}
