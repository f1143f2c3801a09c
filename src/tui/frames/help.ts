import { span, spread } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { footerLine } from '../views/footer-line.ts';
import { helpLines } from '../views/help-lines.ts';
import { listRows } from '../views/layout.ts';
import { nameSpan } from '../views/title-line.ts';
import type { Frame } from './frame.ts';
import { pageFrame } from './page.ts';

/** The help: marks and keys. */
export function helpFrame(ui: UiState): Frame {
  const all = helpLines(ui.columns);
  const last = Math.min(all.length, ui.helpTop + listRows(ui.rows));
  const more = all.length > listRows(ui.rows) ? `${ui.helpTop + 1}–${last} of ${all.length} · j k scroll ` : '';
  const title = spread([nameSpan(), span('help')], [span(more, 'muted')], ui.columns);
  return pageFrame(ui, title, all.slice(ui.helpTop), footerLine('help', ui.message, ui.columns));
}
