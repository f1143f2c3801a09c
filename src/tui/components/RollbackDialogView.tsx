import { Box } from 'ink';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { dialogColumns, dialogView } from '../state/dialog-view.ts';
import type { RollbackDialog, UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { dialogControls, dialogKeys, dialogTitle } from '../views/dialog-controls.ts';
import { framed } from '../views/frame.ts';
import { fleetTitle } from '../views/title-line.ts';
import { Lines } from './Lines.tsx';

/** The rollback dialog: everything to be read, the fields, the buttons. Exactly as high as the terminal. */
export function RollbackDialogView(props: {
  readonly ui: UiState;
  readonly live: Snapshot;
  readonly dialog: RollbackDialog;
}) {
  const { ui, live, dialog } = props;
  const snapshot = shownSnapshot(ui, live);
  const view = dialogView(dialog, ui, live);
  const outer = dialogColumns(ui.columns);
  const title = fleetTitle(ui, live);
  const body = view.body.slice(dialog.scroll, dialog.scroll + view.viewport);
  const isLoose = view.body.length > 0 && view.body.length < view.viewport;
  const inside: Line[] = [...body, ...(isLoose ? [[]] : []), ...dialogControls(dialog, view, ui, live, outer - 4)];
  const note: Line = dialog.note === null ? [] : [span(` ${dialog.note.text}`, dialog.note.tone, true)];
  const tone = view.execution === null ? 'act' : 'plain';
  return (
    <Box flexDirection="column" height={ui.rows} width={ui.columns} overflow="hidden">
      <Lines
        lines={[title, ...framed(dialogTitle(dialog, view, snapshot), inside, outer, tone), cutLine(note, ui.columns)]}
      />
      <Box flexGrow={1} />
      <Lines lines={[cutLine(dialogKeys(dialog, view, ui, live), ui.columns)]} />
    </Box>
  );
}
