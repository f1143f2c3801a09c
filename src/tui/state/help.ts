import type { Action } from '../keymap.ts';
import { helpLines } from '../views/help-lines.ts';
import { listRows } from '../views/layout.ts';
import type { UiState } from './ui-state.ts';

/** Scrolls the help. */
export function helpMove(ui: UiState, action: Action): UiState {
  const page = listRows(ui.rows);
  const last = Math.max(0, helpLines(ui.columns).length - page);
  const targets: Partial<Record<Action, number>> = {
    up: ui.helpTop - 1,
    down: ui.helpTop + 1,
    top: 0,
    bottom: last,
    'page-up': ui.helpTop - page,
    'page-down': ui.helpTop + page,
  };
  return { ...ui, helpTop: Math.min(Math.max(0, targets[action] ?? ui.helpTop), last) };
}
