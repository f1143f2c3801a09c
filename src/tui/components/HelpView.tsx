import { span, spread } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { footerLine } from '../views/footer-line.ts';
import { helpLines } from '../views/help-lines.ts';
import { listRows } from '../views/layout.ts';
import { nameSpan } from '../views/title-line.ts';
import { PageView } from './PageView.tsx';

/** The help: marks and keys. */
export function HelpView({ ui }: { readonly ui: UiState }) {
  const all = helpLines(ui.columns);
  const height = listRows(ui.rows);
  const more =
    all.length > height
      ? `${ui.helpTop + 1}–${Math.min(all.length, ui.helpTop + height)} of ${all.length} · j k scroll `
      : '';
  return (
    <PageView
      columns={ui.columns}
      rows={ui.rows}
      title={spread([nameSpan(), span('help')], [span(more, 'muted')], ui.columns)}
      lines={all.slice(ui.helpTop)}
      footer={footerLine('help', ui.message, ui.columns)}
    />
  );
}
