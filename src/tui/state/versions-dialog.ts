import type { RollbackView, Snapshot } from '../../core/session/snapshot.ts';
import { emptyDialog } from './empty-dialog.ts';
import type { Key } from './key.ts';
import type { RollbackDialog, Step, UiState, VersionsDialog } from './ui-state.ts';
import { shownSnapshot, step } from './ui-state.ts';

/** Opens the list of versions to go back to, and has it looked up. `back` is the dialog it was opened in. */
export function openVersions(ui: UiState, pipeline: string, back: RollbackDialog | null): Step {
  const dialog: VersionsDialog = { kind: 'versions', pipeline, selected: null, back, note: null };
  return step({ ...ui, dialog, message: null }, { type: 'send', command: { type: 'look', pipeline } });
}

/** What is known of going back; null before the engine has said anything. */
export function rollbackOf(pipeline: string, snapshot: Snapshot): RollbackView | null {
  return snapshot.rollbacks?.find((each) => each.pipeline === pipeline) ?? null;
}

/** The version the cursor stands on: what was selected, else what the question is about, else the default. */
export function selectedVersion(dialog: VersionsDialog, snapshot: Snapshot): string | null {
  const versions = rollbackOf(dialog.pipeline, snapshot)?.versions ?? [];
  const asked = snapshot.proposals.find(({ pipeline }) => pipeline === dialog.pipeline)?.plan.toVersion;
  const wanted = [dialog.selected, asked, versions.find(({ isDefault }) => isDefault)?.version];
  const found = wanted.find((name) => versions.some(({ version }) => version === name));
  return found ?? versions[0]?.version ?? null;
}

/** A key in the list: choosing a version asks about it anew; it confirms nothing. */
export function keyInVersions(ui: UiState, dialog: VersionsDialog, key: Key, live: Snapshot): Step {
  const snapshot = shownSnapshot(ui, live);
  switch (key.name) {
    case 'escape':
    case 'q':
    case 'v':
      return step({ ...ui, dialog: dialog.back });
    case 'down':
    case 'j':
      return step(moved(ui, dialog, snapshot, 1));
    case 'up':
    case 'k':
      return step(moved(ui, dialog, snapshot, -1));
    case 'enter':
      return choose(ui, dialog, snapshot);
    case 'chunk':
      return noted(ui, dialog, 'several keys at once were ignored');
    default:
      return step({ ...ui, dialog: { ...dialog, note: null } });
  }
}

function moved(ui: UiState, dialog: VersionsDialog, snapshot: Snapshot, by: 1 | -1): UiState {
  const versions = rollbackOf(dialog.pipeline, snapshot)?.versions ?? [];
  const now = versions.findIndex(({ version }) => version === selectedVersion(dialog, snapshot));
  const next = versions[Math.min(versions.length - 1, Math.max(0, now + by))]?.version ?? null;
  return { ...ui, dialog: { ...dialog, selected: next, note: null } };
}

function choose(ui: UiState, dialog: VersionsDialog, snapshot: Snapshot): Step {
  const { pipeline } = dialog;
  const toVersion = selectedVersion(dialog, snapshot);
  if (toVersion === null) return noted(ui, dialog, 'there is no earlier version to choose');
  if (ui.readOnly) return noted(ui, dialog, 'this screen is read-only: it proposes nothing');
  if (ui.frozen !== null) return noted(ui, dialog, 'frozen: esc, then f to go live');
  const opened = { ...emptyDialog(pipeline, ui.atMs), toVersion };
  return step({ ...ui, dialog: opened }, { type: 'send', command: { type: 'propose', pipeline, toVersion } });
}

function noted(ui: UiState, dialog: VersionsDialog, text: string): Step {
  return step({ ...ui, dialog: { ...dialog, note: { text, tone: 'warn' } } });
}
