import type { Snapshot, Spark } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import type { DetailLayout } from './detail-layout.ts';
import { detailLayout } from './detail-layout.ts';
import { detailBars } from './fleet-bars.ts';
import type { FleetItem } from './pipeline-look.ts';
import { fleetItems } from './pipeline-look.ts';
import { whyLines } from './why-lines.ts';

/** What the view of one pipeline shows, and how it divides the terminal. */
export interface DetailContent {
  readonly item: FleetItem;
  readonly metrics: readonly Spark[];
  readonly bars: readonly Line[];
  readonly why: readonly Line[];
  readonly layout: DetailLayout;
}

/** The content of the detail view; null when its pipeline is not watched any more. */
export function detailView(ui: UiState, live: Snapshot): DetailContent | null {
  const { columns, rows } = ui;
  const snapshot = shownSnapshot(ui, live);
  const item = fleetItems(snapshot).find(({ view }) => view.pipeline === ui.detail?.pipeline);
  if (item === undefined) return null;
  const bars = detailBars(ui, live, item).map((bar) => cutLine([span(' '), ...bar], columns));
  const metrics = snapshot.detail?.pipeline === item.view.pipeline ? snapshot.detail.metrics : item.view.sparks;
  const { whyColumns } = detailLayout(columns, rows, bars.length, 0, metrics.length);
  const why = whyLines(item, snapshot.nowMs, whyColumns);
  return { item, metrics, bars, why, layout: detailLayout(columns, rows, bars.length, why.length, metrics.length) };
}

/** Lines of the why text that are on screen; the last row tells of the others where there are any. */
export function whyHeight({ why, layout }: DetailContent): number {
  return why.length <= layout.whyRows ? layout.whyRows : layout.whyRows - 1;
}
