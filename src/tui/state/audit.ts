import type { Snapshot } from '../../core/session/snapshot.ts';
import { listRows, windowTop } from '../views/layout.ts';
import type { Action } from '../keymap.ts';
import type { UiState } from './ui-state.ts';
import { shownSnapshot } from './ui-state.ts';

/** Opens the audit at its newest event. */
export function openAudit(ui: UiState, live: Snapshot): UiState {
  const events = shownSnapshot(ui, live).recentEvents;
  const seq = events.at(-1)?.seq ?? null;
  return {
    ...ui,
    place: 'audit',
    backFromAudit: ui.place,
    audit: { seq, top: Math.max(0, events.length - listRows(ui.rows)), isOpen: false },
  };
}

/** Moves through the audit; the selection is an event, not a row. */
export function moveInAudit(ui: UiState, live: Snapshot, action: Action): UiState {
  const events = shownSnapshot(ui, live).recentEvents;
  const height = listRows(ui.rows);
  const now = events.findIndex((event) => event.seq === ui.audit.seq);
  const targets: Partial<Record<Action, number>> = {
    up: now - 1,
    down: now + 1,
    top: 0,
    bottom: events.length - 1,
    'page-up': now - height,
    'page-down': now + height,
  };
  const index = Math.min(Math.max(0, targets[action] ?? now), events.length - 1);
  const seq = events[index]?.seq ?? null;
  return { ...ui, audit: { ...ui.audit, seq, top: windowTop(ui.audit.top, index, height, events.length) } };
}
