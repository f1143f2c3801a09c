import { graphemes } from '../format/text.ts';
import type { Key } from './key.ts';
import { typedText } from './key.ts';
import type { SilenceDialog, Step, UiState } from './ui-state.ts';
import { say, step } from './ui-state.ts';

const MINUTE_MS = 60_000;

/** How long a pipeline can be silenced from the screen; longer by `rollwatch silence`. */
export const SILENCES_MS: readonly number[] = [30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE_MS);

const MOST_CHARACTERS = 200;

/** Asks for how long, and why, nothing shall be asked about a pipeline. */
export function openSilence(ui: UiState, pipeline: string): Step {
  if (ui.readOnly) return step(say(ui, 'this screen is read-only: it silences nothing', 'warn'));
  const dialog: SilenceDialog = { kind: 'silence', pipeline, choice: 0, reason: '', note: null };
  return step({ ...ui, dialog, message: null });
}

/** A key in the dialog: arrows and tab choose how long, everything else is the reason. */
export function keyInSilence(ui: UiState, dialog: SilenceDialog, key: Key): Step {
  switch (key.name) {
    case 'escape':
      return step({ ...ui, dialog: null });
    case 'tab':
    case 'right':
    case 'up':
      return step(chosen(ui, dialog, 1));
    case 'shift-tab':
    case 'left':
    case 'down':
      return step(chosen(ui, dialog, -1));
    case 'backspace':
    case 'delete':
      return step(written(ui, dialog, graphemes(dialog.reason).slice(0, -1).join('')));
    case 'enter':
      return silence(ui, dialog);
    default:
      return typed(ui, dialog, key);
  }
}

/** Pasted text is the reason, too. */
export function pasteInSilence(ui: UiState, dialog: SilenceDialog, text: string): Step {
  return typed(ui, dialog, { name: 'chunk', text });
}

function typed(ui: UiState, dialog: SilenceDialog, key: Key): Step {
  const text = typedText(key);
  if (text !== null) return step(written(ui, dialog, (dialog.reason + text).slice(0, MOST_CHARACTERS)));
  if (key.text === '') return step(ui);
  const note = { text: 'text with line breaks or control characters was ignored', tone: 'warn' } as const;
  return step({ ...ui, dialog: { ...dialog, note } });
}

function silence(ui: UiState, dialog: SilenceDialog): Step {
  const reason = dialog.reason.trim();
  if (reason === '') {
    const note = { text: 'a reason is needed: it is shown where a question would have been', tone: 'warn' } as const;
    return step({ ...ui, dialog: { ...dialog, note } });
  }
  const { pipeline, choice } = dialog;
  const command = { type: 'silence', pipeline, forMs: SILENCES_MS[choice]!, reason } as const;
  return step({ ...ui, dialog: null }, { type: 'send', command });
}

function chosen(ui: UiState, dialog: SilenceDialog, by: 1 | -1): UiState {
  const choice = (dialog.choice + by + SILENCES_MS.length) % SILENCES_MS.length;
  return { ...ui, dialog: { ...dialog, choice, note: null } };
}

function written(ui: UiState, dialog: SilenceDialog, reason: string): UiState {
  return { ...ui, dialog: { ...dialog, reason, note: null } };
}
