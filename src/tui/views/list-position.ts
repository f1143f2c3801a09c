import type { Snapshot } from '../../core/session/snapshot.ts';
import { fleetList } from '../state/fleet.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';

/** The fleet's health, what of it is in view and how it is sorted: `fleet health 93 · by attention · 1–20 of 200 · search is selected, below`. */
export function listPosition(ui: UiState, live: Snapshot, height: number): string {
  const list = fleetList(ui, live);
  const total = shownSnapshot(ui, live).pipelines.length;
  if (total === 0) return '';
  const { health } = shownSnapshot(ui, live).fleet;
  const parts = [...(health === null ? [] : [`fleet health ${health}`]), `by ${ui.sort}`];
  if (list.length > height)
    parts.push(`${ui.fleetTop + 1}–${Math.min(list.length, ui.fleetTop + height)} of ${list.length}`);
  if (list.length < total) parts.push(`${total - list.length} filtered out`);
  const selected = list.findIndex((item) => item.view.pipeline === ui.selected);
  if (selected >= ui.fleetTop + height) parts.push('selection below');
  if (selected >= 0 && selected < ui.fleetTop) parts.push('selection above');
  return parts.join(' · ');
}
