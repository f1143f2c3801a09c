import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { wordDuration } from '../format/time.ts';
import { SILENCES_MS } from '../state/silence-dialog.ts';
import type { SilenceDialog, UiState } from '../state/ui-state.ts';
import { hint } from '../views/footer-line.ts';
import { framed } from '../views/framed.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** For how long, and why, nothing is asked about a pipeline. */
export function silenceFrame(ui: UiState, dialog: SilenceDialog): Frame {
  const outer = Math.min(ui.columns, 76);
  const text =
    'Nothing is asked or done by itself about it until then. Judging and the audit go on; r still asks. rollwatch silence --end ends it before.';
  const lengths = SILENCES_MS.map((ms, index): Line[number] => {
    const isChosen = index === dialog.choice;
    const text = isChosen ? `[${wordDuration(ms)}]` : ` ${wordDuration(ms)} `;
    return { text, tone: 'plain', bold: isChosen, inverse: isChosen };
  });
  const lines: Line[] = [
    ...wrap(text, outer - 4).map((line): Line => [span(line)]),
    [],
    [span('For: '), ...lengths],
    [span('Reason: '), span(visible(dialog.reason), 'plain', true), span('▏', 'act')],
    dialog.note === null ? [] : [span(dialog.note.text, dialog.note.tone, true)],
  ];
  const keys = cutLine(
    [...hint('esc', 'cancel'), ...hint('← →', 'how long'), ...hint('enter', 'silence it')],
    ui.columns,
  );
  const title = [span(`Silence ${visible(dialog.pipeline)}?`, 'plain', true)];
  return plainFrame(ui, framed(title, lines, outer, 'act'), [keys]);
}
