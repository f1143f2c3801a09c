import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { dialogColumns, dialogView } from '../state/dialog-view.ts';
import type { RollbackDialog, UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { dialogControls, dialogKeys, dialogTitle } from '../views/dialog-controls.ts';
import { framed } from '../views/framed.ts';
import { fleetTitle } from '../views/title-line.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** The rollback dialog: everything to be read, the fields, the buttons. */
export function rollbackFrame(ui: UiState, live: Snapshot, dialog: RollbackDialog): Frame {
  const view = dialogView(dialog, ui, live);
  const outer = dialogColumns(ui.columns);
  const body = view.body.slice(dialog.scroll, dialog.scroll + view.viewport);
  const isLoose = view.body.length > 0 && view.body.length < view.viewport;
  const inside: Line[] = [...body, ...(isLoose ? [[]] : []), ...dialogControls(dialog, view, ui, live, outer - 4)];
  const title = dialogTitle(dialog, view, shownSnapshot(ui, live));
  const box = framed(title, inside, outer, view.execution === null ? 'act' : 'plain');
  const note: Line = dialog.note === null ? [] : [span(` ${dialog.note.text}`, dialog.note.tone, true)];
  const keys = cutLine(dialogKeys(dialog, view, ui, live), ui.columns);
  return plainFrame(ui, [fleetTitle(ui, live), ...box, cutLine(note, ui.columns)], [keys]);
}
