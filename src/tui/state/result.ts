import type { CommandResult, SessionCommand } from '../../core/session/command.ts';
import { said } from '../format/said.ts';
import type { UiState } from './ui-state.ts';
import { say } from './ui-state.ts';

/** Shows what came of a command: in the dialog it was given in, else in the footer. */
export function takeResult(ui: UiState, command: SessionCommand, result: CommandResult): UiState {
  const text = said(result.text);
  const tone = result.ok ? 'ok' : 'bad';
  const dialog = ui.dialog?.kind === 'rollback' ? ui.dialog : null;
  switch (command.type) {
    case 'focus':
    case 'look':
      return result.ok ? ui : say(ui, text, 'bad');
    case 'propose':
      if (dialog === null || dialog.pipeline !== command.pipeline) return result.ok ? ui : say(ui, text, 'bad');
      return result.ok ? ui : { ...ui, dialog: { ...dialog, refused: text } };
    case 'approve':
      if (dialog === null || dialog.proposalId !== command.proposalId) return say(ui, text, tone);
      return { ...ui, dialog: { ...dialog, note: { text, tone }, sentAtMs: result.ok ? dialog.sentAtMs : null } };
    case 'dismiss':
      if (dialog === null || dialog.proposalId !== command.proposalId) return say(ui, text, tone);
      return result.ok
        ? say({ ...ui, dialog: null }, text, tone)
        : { ...ui, dialog: { ...dialog, note: { text, tone } } };
    case 'hold':
    case 'propose-group':
    case 'silence':
    case 'human-rollback':
      return say(ui, text, tone);
  }
}
