import type { Snapshot } from '../../core/session/snapshot.ts';
import { graphemes } from '../format/text.ts';
import { arrange, SORTS } from '../views/fleet-order.ts';
import { fleetBars } from '../views/fleet-bars.ts';
import { fleetRows, windowTop } from '../views/layout.ts';
import type { FleetItem } from '../views/pipeline-look.ts';
import { ALARM_BELOW, fleetItems } from '../views/pipeline-look.ts';
import type { Action } from '../keymap.ts';
import type { Key } from './key.ts';
import { typedText } from './key.ts';
import type { Step, UiState } from './ui-state.ts';
import { say, shownSnapshot, step } from './ui-state.ts';

/** The rows of the fleet as they are shown, all of them. */
export function fleetList(ui: UiState, live: Snapshot): readonly FleetItem[] {
  return arrange(fleetItems(shownSnapshot(ui, live)), ui.sort, ui.filter);
}

/** Moves the selection; the window follows it, since a person moved it. */
export function moveInFleet(ui: UiState, live: Snapshot, action: Action): UiState {
  const list = fleetList(ui, live);
  const height = fleetRows(ui.rows, fleetBars(ui, live).length);
  const now = list.findIndex((item) => item.view.pipeline === ui.selected);
  const last = list.length - 1;
  const targets: Partial<Record<Action, number>> = {
    up: now - 1,
    down: now + 1,
    top: 0,
    bottom: last,
    'page-up': now - height,
    'page-down': now + height,
  };
  const target = Math.min(Math.max(0, targets[action] ?? now), last);
  return selectAt(ui, list, target, height);
}

/** Selects the next pipeline that needs a person, round and round. */
export function nextAlarm(ui: UiState, live: Snapshot): UiState {
  const list = fleetList(ui, live);
  const now = list.findIndex((item) => item.view.pipeline === ui.selected);
  for (let offset = 1; offset <= list.length; offset += 1) {
    const index = (now + offset + list.length) % list.length;
    const item = list[index];
    if (item !== undefined && item.attention < ALARM_BELOW) {
      return selectAt(ui, list, index, fleetRows(ui.rows, fleetBars(ui, live).length));
    }
  }
  return say(ui, ui.filter === '' ? 'no alarm' : 'no alarm among what the filter shows', 'ok');
}

/** Goes to the next order of the fleet. */
export function nextSort(ui: UiState): UiState {
  const sort = SORTS[(SORTS.indexOf(ui.sort) + 1) % SORTS.length] ?? 'attention';
  return say({ ...ui, sort, fleetTop: 0 }, `sorted by ${sort}`);
}

/** A key while the filter is being typed. */
export function keyInFilter(ui: UiState, key: Key): Step {
  if (key.name === 'escape') return step({ ...ui, isFiltering: false, filter: '', fleetTop: 0 });
  if (key.name === 'enter') return step({ ...ui, isFiltering: false });
  if (key.name === 'backspace' || key.name === 'delete') {
    if (ui.filter === '') return step({ ...ui, isFiltering: false });
    return step({ ...ui, filter: graphemes(ui.filter).slice(0, -1).join(''), fleetTop: 0 });
  }
  const typed = typedText(key);
  if (typed === null) return step(ui);
  return step({ ...ui, filter: (ui.filter + typed).slice(0, 60), fleetTop: 0 });
}

/** Keeps selection and window sensible when pipelines come, go and change places. */
export function settleFleet(ui: UiState, live: Snapshot): UiState {
  const list = fleetList(ui, live);
  const height = fleetRows(ui.rows, fleetBars(ui, live).length);
  const isThere = ui.isTouched && list.some((item) => item.view.pipeline === ui.selected);
  const selected = isThere ? ui.selected : (list[0]?.view.pipeline ?? (ui.filter === '' ? null : ui.selected));
  const fleetTop = Math.min(ui.fleetTop, Math.max(0, list.length - height));
  return selected === ui.selected && fleetTop === ui.fleetTop ? ui : { ...ui, selected, fleetTop };
}

function selectAt(ui: UiState, list: readonly FleetItem[], index: number, height: number): UiState {
  const item = list[index];
  if (item === undefined) return ui;
  return { ...ui, selected: item.view.pipeline, fleetTop: windowTop(ui.fleetTop, index, height, list.length) };
}
