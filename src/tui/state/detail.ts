import type { Snapshot } from '../../core/session/snapshot.ts';
import { ZOOM_STEPS, usualZoom } from '../format/chart-span.ts';
import type { Action } from '../keymap.ts';
import { detailView, whyHeight } from '../views/detail-view.ts';
import type { Step, UiState } from './ui-state.ts';
import { shownSnapshot, step } from './ui-state.ts';

/** Opens the detail view of a pipeline and has the engine send its chart. */
export function openDetail(ui: UiState, pipeline: string): Step {
  const detail = { pipeline, metric: null, zoom: null, top: 0 };
  return step({ ...ui, place: 'detail', selected: pipeline, detail }, focusCommand(pipeline, null));
}

/** Back to the fleet. */
export function closeDetail(ui: UiState): Step {
  return step({ ...ui, place: 'fleet', detail: null }, focusCommand(null, null));
}

/** The next or previous metric of the chart, in the engine's order: blamed first. */
export function stepMetric(ui: UiState, live: Snapshot, by: 1 | -1): Step {
  const { detail } = ui;
  const known = shownSnapshot(ui, live).detail;
  if (detail === null || known === null || known.pipeline !== detail.pipeline || known.metrics.length === 0)
    return step(ui);
  const names = known.metrics.map((metric) => metric.spec.name);
  const now = names.indexOf(detail.metric ?? known.chart?.spec.name ?? '');
  const metric = names[(Math.max(0, now) + by + names.length) % names.length] ?? null;
  return step({ ...ui, detail: { ...detail, metric } }, focusCommand(detail.pipeline, metric));
}

/** Scrolls the why text, where not all of it fits. */
export function moveInDetail(ui: UiState, live: Snapshot, action: Action): UiState {
  const view = detailView(ui, live);
  if (ui.detail === null || view === null) return ui;
  const last = Math.max(0, view.why.length - whyHeight(view));
  const page = Math.max(1, whyHeight(view) - 1);
  const now = Math.min(ui.detail.top, last);
  const targets: Partial<Record<Action, number>> = {
    up: now - 1,
    down: now + 1,
    top: 0,
    bottom: last,
    'page-up': now - page,
    'page-down': now + page,
  };
  return { ...ui, detail: { ...ui.detail, top: Math.min(last, Math.max(0, targets[action] ?? now)) } };
}

/** Changes the span of the chart by one step. */
export function zoomBy(ui: UiState, live: Snapshot, by: 1 | -1): UiState {
  const chart = shownSnapshot(ui, live).detail?.chart ?? null;
  if (ui.detail === null || chart === null) return ui;
  const zoom = Math.min(ZOOM_STEPS, Math.max(0, (ui.detail.zoom ?? usualZoom(chart)) + by));
  return { ...ui, detail: { ...ui.detail, zoom } };
}

function focusCommand(pipeline: string | null, metric: string | null) {
  return { type: 'send', command: { type: 'focus', pipeline, metric } } as const;
}
