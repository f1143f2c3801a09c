import { Box } from 'ink';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import type { SmallDialog, UiState } from '../state/ui-state.ts';
import { framed } from '../views/frame.ts';
import { hint } from '../views/footer-line.ts';
import { Lines } from './Lines.tsx';

/** A question that a single key answers. */
export function SmallDialogView({ ui, dialog }: { readonly ui: UiState; readonly dialog: SmallDialog }) {
  const outer = Math.min(ui.columns, 76);
  const { title, text, yes } = words(dialog);
  const note: Line = dialog.note === null ? [] : [span(dialog.note.text, dialog.note.tone, true)];
  const lines: Line[] = [
    ...wrap(text, outer - 4).map((line): Line => [span(line)]),
    [],
    [...hint('y', yes), ...hint('n', 'no')],
    note,
  ];
  return (
    <Box flexDirection="column" height={ui.rows} width={ui.columns} overflow="hidden">
      <Lines lines={framed([span(title, 'plain', true)], lines, outer, 'act')} />
      <Box flexGrow={1} />
      <Lines lines={[cutLine([...hint('y', yes), ...hint('n esc', 'no')], ui.columns)]} />
    </Box>
  );
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
