import type { Snapshot } from '../core/session/snapshot.ts';
import { graphemes } from './format/text.ts';
import type { Action } from './keymap.ts';
import { bindingOf } from './keymap.ts';
import { openAudit, moveInAudit } from './state/audit.ts';
import { closeDetail, moveInDetail, openDetail, stepMetric, zoomBy } from './state/detail.ts';
import { settle } from './state/dialog-view.ts';
import { keyInFilter, moveInFleet, nextAlarm, nextSort, settleFleet } from './state/fleet.ts';
import type { Key } from './state/key.ts';
import { typedText } from './state/key.ts';
import { keyInRollback, openRollback, pasteInRollback } from './state/rollback-dialog.ts';
import { keyInSmall, openByHand, pasteInSmall, quit } from './state/small-dialog.ts';
import { keyInSilence, openSilence, pasteInSilence } from './state/silence-dialog.ts';
import { keyInVersions, openVersions } from './state/versions-dialog.ts';
import { takeResult } from './state/result.ts';
import type { Effect, Step, UiEvent, UiState } from './state/ui-state.ts';
import { MESSAGE_MS, say, step } from './state/ui-state.ts';
import { helpMove } from './state/help.ts';
import { fits } from './views/layout.ts';

/**
 * The whole behaviour of the screen: state and event in, state and effects out. Pure; `live` is the newest snapshot.
 * Nothing but a single `y` in a rollback dialog that was read to its end ever makes an `approve`.
 */
export function reduce(ui: UiState, event: UiEvent, live: Snapshot): Step {
  const held = holdAuto(ui, event, live);
  const timed = passTime(held.ui, event.atMs, live);
  const acted = act(timed, event, live);
  const settled = settleAll(acted.ui, live);
  return { ui: settled, effects: [...held.effects, ...acted.effects] };
}

function act(ui: UiState, event: UiEvent, live: Snapshot): Step {
  switch (event.type) {
    case 'key':
      return onKey({ ...ui, isTouched: true }, event.key, live);
    case 'paste':
      return onPaste(ui, event.text);
    case 'resize':
      return step({ ...ui, columns: event.columns, rows: event.rows });
    case 'result':
      return step(takeResult(ui, event.command, event.result));
    case 'tick':
      return step(ui);
  }
}

// A person is here: whatever key it was, the countdown of `auto` stops for them.
function holdAuto(ui: UiState, event: UiEvent, live: Snapshot): Step {
  if ((event.type !== 'key' && event.type !== 'paste') || ui.readOnly) return step(ui);
  const counting = live.proposals.filter((each) => each.autoAtMs !== null && !each.held);
  if (counting.length === 0 || event.atMs - ui.heldAtMs < 1000) return step(ui);
  const effects = counting.map(({ id }): Effect => ({ type: 'send', command: { type: 'hold', proposalId: id } }));
  return { ui: { ...ui, heldAtMs: event.atMs }, effects };
}

function passTime(ui: UiState, atMs: number, live: Snapshot): UiState {
  const freshMark = `${live.nowMs}/${live.seq}`;
  const isFresh = freshMark !== ui.freshMark;
  const message = ui.message !== null && atMs - ui.message.atMs > MESSAGE_MS ? null : ui.message;
  return { ...ui, atMs, message, freshMark, freshAtMs: isFresh ? atMs : ui.freshAtMs };
}

function settleAll(ui: UiState, live: Snapshot): UiState {
  const fleet = settleFleet(ui, live);
  // What does not fit is not drawn, and what is not drawn has not been read.
  if (fleet.dialog?.kind !== 'rollback' || !fits(fleet)) return fleet;
  return { ...fleet, dialog: settle(fleet.dialog, fleet, live) };
}

function onKey(ui: UiState, key: Key, live: Snapshot): Step {
  if (key.name === 'ctrl-l') return step(ui, { type: 'redraw' });
  if (ui.dialog?.kind === 'rollback' && key.name !== 'ctrl-c') return keyInRollback(ui, ui.dialog, key, live);
  if (ui.dialog?.kind === 'versions' && key.name !== 'ctrl-c') return keyInVersions(ui, ui.dialog, key, live);
  if (ui.dialog?.kind === 'silence' && key.name !== 'ctrl-c') return keyInSilence(ui, ui.dialog, key);
  if (ui.dialog?.kind === 'quit' || ui.dialog?.kind === 'by-hand') return keyInSmall(ui, ui.dialog, key);
  if (ui.isFiltering && key.name !== 'ctrl-c') return keyInFilter(ui, key);
  if (key.name === 'chunk') return onChunk(ui, key, live);
  const binding = bindingOf(ui.place, key.name);
  return binding === undefined ? step(ui) : run(ui, binding.action, live);
}

// Over a slow line quick keys arrive together. Moving about is harmless; anything else might not have been meant.
function onChunk(ui: UiState, key: Key, live: Snapshot): Step {
  const keys = graphemes(key.text);
  const areMoves = keys.length > 0 && keys.every((name) => bindingOf(ui.place, name)?.moves === true);
  if (!areMoves) return step(say(ui, 'several keys at once were ignored', 'warn'));
  return keys.reduce<Step>((before, name) => {
    const after = onKey(before.ui, { name, text: name }, live);
    return { ui: after.ui, effects: [...before.effects, ...after.effects] };
  }, step(ui));
}

function onPaste(ui: UiState, text: string): Step {
  if (ui.dialog?.kind === 'rollback') return pasteInRollback(ui, ui.dialog, text);
  if (ui.dialog?.kind === 'silence') return pasteInSilence(ui, ui.dialog, text);
  if (ui.dialog?.kind === 'quit' || ui.dialog?.kind === 'by-hand') return pasteInSmall(ui, ui.dialog);
  if (ui.isFiltering && typedText({ name: 'chunk', text }) !== null) return keyInFilter(ui, { name: 'chunk', text });
  return step(say(ui, 'pasted text was ignored', 'warn'));
}

function run(ui: UiState, action: Action, live: Snapshot): Step {
  const pipeline = ui.place === 'detail' ? (ui.detail?.pipeline ?? null) : ui.selected;
  switch (action) {
    case 'up':
    case 'down':
    case 'top':
    case 'bottom':
    case 'page-up':
    case 'page-down':
      return step(move(ui, action, live));
    case 'open':
      if (ui.place === 'audit') return step({ ...ui, audit: { ...ui.audit, isOpen: !ui.audit.isOpen } });
      return pipeline === null ? step(ui) : openDetail(ui, pipeline);
    case 'back':
      return back(ui);
    case 'rollback':
      return pipeline === null ? step(say(ui, 'no pipeline is selected')) : openRollback(ui, live, pipeline);
    case 'by-hand':
      return pipeline === null ? step(say(ui, 'no pipeline is selected')) : openByHand(ui, pipeline);
    case 'versions':
      return pipeline === null ? step(say(ui, 'no pipeline is selected')) : openVersions(ui, pipeline, null);
    case 'silence':
      return pipeline === null ? step(say(ui, 'no pipeline is selected')) : openSilence(ui, pipeline);
    case 'next-alarm': {
      const next = nextAlarm(ui, live);
      return ui.place === 'detail' && next.selected !== null ? openDetail(next, next.selected) : step(next);
    }
    case 'filter':
      return step({ ...ui, isFiltering: true });
    case 'sort':
      return step(nextSort(ui));
    case 'freeze':
      return step({ ...ui, frozen: ui.frozen === null ? { snapshot: live, atMs: ui.atMs } : null });
    case 'next-metric':
      return stepMetric(ui, live, 1);
    case 'previous-metric':
      return stepMetric(ui, live, -1);
    case 'zoom-in':
      return step(zoomBy(ui, live, 1));
    case 'zoom-out':
      return step(zoomBy(ui, live, -1));
    case 'audit':
      return step(openAudit(ui, live));
    case 'help':
      return step(
        ui.place === 'help'
          ? { ...ui, place: ui.backFromHelp }
          : { ...ui, place: 'help', backFromHelp: ui.place, helpTop: 0 },
      );
    case 'quit':
      return quit(ui, live);
    case 'redraw':
      return step(ui, { type: 'redraw' });
  }
}

function move(ui: UiState, action: Action, live: Snapshot): UiState {
  if (ui.place === 'audit') return moveInAudit(ui, live, action);
  if (ui.place === 'detail') return moveInDetail(ui, live, action);
  return ui.place === 'help' ? helpMove(ui, action) : moveInFleet(ui, live, action);
}

function back(ui: UiState): Step {
  if (ui.place === 'help') return step({ ...ui, place: ui.backFromHelp });
  if (ui.place === 'audit') {
    if (ui.audit.isOpen) return step({ ...ui, audit: { ...ui.audit, isOpen: false } });
    return step({ ...ui, place: ui.backFromAudit });
  }
  return ui.place === 'detail' ? closeDetail(ui) : step({ ...ui, filter: '', message: null });
}
