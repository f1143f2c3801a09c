import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { dialogColumns } from '../state/dialog-view.ts';
import type { UiState, VersionsDialog } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import { rollbackOf, selectedVersion } from '../state/versions-dialog.ts';
import { hint } from '../views/footer-line.ts';
import { framed } from '../views/framed.ts';
import { fleetTitle } from '../views/title-line.ts';
import { versionFacts, versionLines } from '../views/version-lines.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** Title of the screen, two borders, the blank line, the state line, the note and the keys. */
const OTHER_ROWS = 7;

/** The versions a pipeline can go back to, and all that is known of the one under the cursor. */
export function versionsFrame(ui: UiState, live: Snapshot, dialog: VersionsDialog): Frame {
  const snapshot = shownSnapshot(ui, live);
  const outer = dialogColumns(ui.columns);
  const inner = outer - 4;
  const view = rollbackOf(dialog.pipeline, snapshot);
  const versions = view?.versions ?? [];
  const selected = selectedVersion(dialog, snapshot);
  const one = versions.find(({ version }) => version === selected);
  const facts = one === undefined ? [] : versionFacts(one, inner);
  const [head = [], ...rows] = versionLines(versions, selected, snapshot.nowMs, inner);
  const room = Math.max(1, ui.rows - OTHER_ROWS - facts.length - 1);
  const at = versions.findIndex(({ version }) => version === selected);
  const top = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, rows.length - room));
  const more = rows.length > room ? `${at + 1} of ${rows.length}` : '';
  const state = view === null || view.isLooking ? 'looking it up: platform, repository …' : more;
  const none = view !== null && !view.isLooking && rows.length === 0 ? 'No earlier version is known.' : '';
  const inside: Line[] = [
    ...(rows.length === 0 ? [[span(none)]] : [head, ...rows.slice(top, top + room)]),
    [],
    ...facts,
    [span(state, 'muted')],
  ];
  const now = snapshot.pipelines.find(({ pipeline }) => pipeline === dialog.pipeline)?.deployment?.version;
  const title = `Back to which version? ${visible(dialog.pipeline)}${now === undefined ? '' : `, now ${visible(now)}`}`;
  const note: Line = dialog.note === null ? [] : [span(` ${dialog.note.text}`, dialog.note.tone, true)];
  const keys = [...hint('esc', 'back'), ...hint('j k', 'move'), ...hint('enter', 'ask about this version')];
  const box = framed([span(title, 'plain', true)], inside, outer, 'act');
  return plainFrame(ui, [fleetTitle(ui, live), ...box, cutLine(note, ui.columns)], [cutLine(keys, ui.columns)]);
}
