import type { Snapshot } from '../../core/session/snapshot.ts';
import { isRunning } from '../views/pipeline-look.ts';
import type { Key } from './key.ts';
import type { SmallDialog, Step, UiState } from './ui-state.ts';
import { GUARD_MS, isStale, say, step } from './ui-state.ts';

/** Asks whether the operator rolled a pipeline back by hand. */
export function openByHand(ui: UiState, pipeline: string): Step {
  if (ui.readOnly) return step(say(ui, 'this screen is read-only', 'warn'));
  return step({ ...ui, dialog: { kind: 'by-hand', pipeline, openedAtMs: ui.atMs, note: null }, message: null });
}

/** Leaves the program, after a question where an act is running. */
export function quit(ui: UiState, live: Snapshot): Step {
  if (!live.executions.some(isRunning)) return step(ui, { type: 'quit' });
  return step({ ...ui, dialog: { kind: 'quit', pipeline: null, openedAtMs: ui.atMs, note: null } });
}

/** A key in a yes-or-no dialog: only a single `y` is yes, and a second ctrl-c for leaving. */
export function keyInSmall(ui: UiState, dialog: SmallDialog, key: Key): Step {
  if (dialog.kind === 'quit' && key.name === 'ctrl-c') return step(ui, { type: 'quit' });
  if (key.name === 'escape') return step({ ...ui, dialog: null });
  if (ui.atMs - dialog.openedAtMs < GUARD_MS)
    return noted(ui, dialog, 'too soon: keys of the first half second are ignored');
  if (key.name === 'chunk') return noted(ui, dialog, 'several keys at once were ignored');
  if (key.name === 'n' || key.name === 'enter') return step({ ...ui, dialog: null });
  if (key.name !== 'y') return step({ ...ui, dialog: { ...dialog, note: null } });
  if (dialog.kind === 'quit') return step(ui, { type: 'quit' });
  if (ui.frozen !== null) return noted(ui, dialog, 'the screen is frozen: esc, then f to go live');
  if (isStale(ui)) return noted(ui, dialog, 'the screen is stale: no word from the engine');
  const command = { type: 'human-rollback', pipeline: dialog.pipeline ?? '', reason: null } as const;
  return step({ ...ui, dialog: null }, { type: 'send', command });
}

/** Pasted text in a yes-or-no dialog does nothing, and says so. */
export function pasteInSmall(ui: UiState, dialog: SmallDialog): Step {
  return noted(ui, dialog, 'pasted text was ignored');
}

function noted(ui: UiState, dialog: SmallDialog, text: string): Step {
  return step({ ...ui, dialog: { ...dialog, note: { text, tone: 'warn' } } });
}
