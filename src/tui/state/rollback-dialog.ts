import { blocksOf, concerns, confirmName } from '../../core/model/group-proposal.ts';
import { groupOf } from '../views/pipeline-look.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import { graphemes } from '../format/text.ts';
import { blockedBecause, dialogView, fieldsOf } from './dialog-view.ts';
import type { DialogView } from './dialog-view.ts';
import { emptyDialog } from './empty-dialog.ts';
import type { Key } from './key.ts';
import { typedText } from './key.ts';
import type { DialogFocus, RollbackDialog, Step, UiState } from './ui-state.ts';
import { GUARD_MS, say, shownSnapshot, step } from './ui-state.ts';
import { openVersions } from './versions-dialog.ts';

/** Opens the dialog about a pipeline: of its open proposal, of the act that runs, or of a proposal asked for now. */
export function openRollback(ui: UiState, live: Snapshot, pipeline: string): Step {
  const snapshot = shownSnapshot(ui, live);
  const isThere = snapshot.proposals.some((each) => concerns(each, pipeline));
  const own = snapshot.executions.find((each) => each.pipeline === pipeline && each.endedAtMs === null);
  // Of a group rollback the whole is shown, whichever of its services was selected.
  const running = groupOf(pipeline, snapshot)?.id ?? own?.proposalId;
  if (!isThere && running === undefined) {
    if (ui.readOnly) return step(say(ui, 'this screen is read-only: it proposes nothing', 'warn'));
    if (ui.frozen !== null) return step(say(ui, 'frozen: press f to go live first', 'warn'));
  }
  const dialog = { ...emptyDialog(pipeline, ui.atMs), proposalId: isThere ? null : (running ?? null) };
  const opened = { ...ui, dialog, message: null };
  if (isThere || running !== undefined) return step(opened);
  return step(opened, { type: 'send', command: { type: 'propose', pipeline } });
}

/** A key in the rollback dialog. Only a single `y`, with everything read and in place, ever approves. */
export function keyInRollback(ui: UiState, dialog: RollbackDialog, key: Key, live: Snapshot): Step {
  const view = dialogView(dialog, ui, live);
  if (key.name === 'escape') return step({ ...ui, dialog: null });
  if (view.phase === 'open' && isGuarded(dialog, ui))
    return noted(ui, dialog, 'too soon: keys of the first half second are ignored');
  const field = view.phase === 'open' ? fieldFor(dialog, view, key) : null;
  if (field !== null) return typeInto(ui, dialog, field, key, view, live);
  if (key.name === 'chunk') return noted(ui, dialog, 'several keys at once were ignored');
  const scrolled = scrollBy(key, view);
  if (scrolled !== null)
    return step({ ...ui, dialog: { ...dialog, scroll: Math.max(0, dialog.scroll + scrolled), note: null } });
  if (key.name === 'f' && ui.frozen !== null) return step({ ...ui, frozen: null, dialog: rearmed(dialog) });
  if (key.name === 'tab' || key.name === 'right') return focusOn(ui, dialog, view, 1);
  if (key.name === 'shift-tab' || key.name === 'left') return focusOn(ui, dialog, view, -1);
  if (key.name === 'enter') return enter(ui, dialog, view);
  if (key.name === 'y' || key.name === 'Y') return confirm(ui, dialog, view, live);
  if (key.name === 'v' && hasVersions(view)) return openVersions(ui, dialog.pipeline, dialog);
  if (key.name === 'q' || key.name === 'n') return step({ ...ui, dialog: null });
  return step({ ...ui, dialog: { ...dialog, note: null } });
}

/** Pasted text in the rollback dialog: only the reason takes it; a name is typed. */
export function pasteInRollback(ui: UiState, dialog: RollbackDialog, text: string): Step {
  if (dialog.focus !== 'reason') return noted(ui, dialog, 'pasted text was ignored');
  const clean = typedText({ name: 'chunk', text });
  if (clean === null) return noted(ui, dialog, 'pasted text with line breaks or control characters was ignored');
  return step({ ...ui, dialog: { ...dialog, reason: dialog.reason + clean, note: null } });
}

/** Where a version can be chosen: before the yes, not beside an act. */
function hasVersions({ phase }: DialogView): boolean {
  return phase === 'open' || phase === 'looking' || phase === 'refused';
}

function isGuarded(dialog: RollbackDialog, ui: UiState): boolean {
  return ui.atMs - (dialog.shownAtMs ?? ui.atMs) < GUARD_MS;
}

function rearmed(dialog: RollbackDialog): RollbackDialog {
  return { ...dialog, shownAtMs: null, allSeenAtMs: null, seenLines: 0, note: null };
}

function noted(ui: UiState, dialog: RollbackDialog, text: string): Step {
  return step({ ...ui, dialog: { ...dialog, note: { text, tone: 'warn' } } });
}

function fieldFor(dialog: RollbackDialog, view: DialogView, key: Key): 'reason' | 'name' | null {
  const isTyping = key.text !== '' || key.name === 'backspace' || key.name === 'delete';
  if (!isTyping) return null;
  if (dialog.focus === 'reason') return 'reason';
  return fieldsOf(view.proposal).includes('name') ? 'name' : null;
}

function typeInto(
  ui: UiState,
  dialog: RollbackDialog,
  field: 'reason' | 'name',
  key: Key,
  view: DialogView,
  live: Snapshot,
): Step {
  const property = field === 'name' ? 'typedName' : 'reason';
  const old = dialog[property];
  const isComplete = field === 'name' && view.proposal !== null && old === confirmName(view.proposal);
  // The name is in the field, letter for letter: from here a single y is the answer and no longer a letter.
  if (isComplete && key.name === 'y') return confirm(ui, dialog, view, live);
  const isErasing = key.name === 'backspace' || key.name === 'delete';
  const typed = isErasing ? '' : typedText(key);
  if (typed === null) return noted(ui, dialog, 'text with line breaks or control characters was ignored');
  const next = isErasing ? graphemes(old).slice(0, -1).join('') : (old + typed).slice(0, 200);
  return step({ ...ui, dialog: { ...dialog, [property]: next, focus: field, note: null } });
}

function scrollBy(key: Key, view: DialogView): number | null {
  const page = Math.max(1, view.viewport - 1);
  if (key.name === 'down' || key.name === 'j') return 1;
  if (key.name === 'up' || key.name === 'k') return -1;
  if (key.name === 'pagedown' || key.name === ' ') return page;
  if (key.name === 'pageup') return -page;
  return null;
}

function focusOn(ui: UiState, dialog: RollbackDialog, view: DialogView, by: 1 | -1): Step {
  if (view.phase !== 'open') return step(ui);
  const ring: readonly DialogFocus[] = ['cancel', ...fieldsOf(view.proposal), 'dismiss', 'versions'];
  const next = ring[(ring.indexOf(dialog.focus) + by + ring.length) % ring.length] ?? 'cancel';
  return step({ ...ui, dialog: { ...dialog, focus: next, note: null } });
}

function enter(ui: UiState, dialog: RollbackDialog, view: DialogView): Step {
  if (view.phase !== 'open' || dialog.focus === 'cancel') return step({ ...ui, dialog: null });
  if (dialog.focus === 'reason') {
    const focus = fieldsOf(view.proposal).includes('name') ? 'name' : 'cancel';
    return step({ ...ui, dialog: { ...dialog, focus, note: null } });
  }
  if (dialog.focus === 'versions') return openVersions(ui, dialog.pipeline, dialog);
  if (dialog.focus === 'name') return noted(ui, dialog, 'enter never rolls back: y does, once the name is complete');
  if (ui.readOnly || view.proposal === null) return noted(ui, dialog, 'this screen is read-only');
  const command = { type: 'dismiss', proposalId: view.proposal.id, reason: dialog.reason.trim() || null } as const;
  return step(ui, { type: 'send', command });
}

function confirm(ui: UiState, dialog: RollbackDialog, view: DialogView, live: Snapshot): Step {
  const blocked = blockedBecause(dialog, view, ui, live);
  if (blocked !== null) return noted(ui, dialog, `not confirmed: ${blocked}`);
  const { proposal } = view;
  if (proposal === null) return step(ui);
  const typedName = proposal.confirmBy === 'typed-name' ? dialog.typedName : null;
  const reason = dialog.reason.trim() || null;
  // What blocks was on screen, and its reason stands in a field that says so.
  const override = blocksOf(proposal).length > 0 ? { override: true } : {};
  const command = { type: 'approve', proposalId: proposal.id, typedName, reason, ...override } as const;
  return step({ ...ui, dialog: { ...dialog, sentAtMs: ui.atMs, note: null } }, { type: 'send', command });
}
