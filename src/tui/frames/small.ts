import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import type { SmallDialog, UiState } from '../state/ui-state.ts';
import { hint } from '../views/footer-line.ts';
import { framed } from '../views/framed.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** A question that a single key answers. */
export function smallFrame(ui: UiState, dialog: SmallDialog): Frame {
  const outer = Math.min(ui.columns, 76);
  const { title, text, yes } = words(dialog);
  const note: Line = dialog.note === null ? [] : [span(dialog.note.text, dialog.note.tone, true)];
  const lines: Line[] = [
    ...wrap(text, outer - 4).map((line): Line => [span(line)]),
    [],
    [...hint('y', yes), ...hint('n', 'no')],
    note,
  ];
  const keys = cutLine([...hint('y', yes), ...hint('n esc', 'no')], ui.columns);
  return plainFrame(ui, framed([span(title, 'plain', true)], lines, outer, 'act'), [keys]);
}

function words(dialog: SmallDialog): { readonly title: string; readonly text: string; readonly yes: string } {
  if (dialog.kind === 'quit') {
    return {
      title: 'Quit while a rollback is running?',
      text: 'The rollback goes on without this screen and is found again at the next start. Nobody will see its result here.',
      yes: 'quit',
    };
  }
  const name = visible(dialog.pipeline ?? '');
  return {
    title: `Did you roll back ${name} by hand?`,
    text: `rollwatch writes it into the audit, closes its question about ${name} and never acts on this deployment by itself.`,
    yes: 'yes, I did',
  };
}
