import type { ChartView } from '../../core/session/snapshot.ts';

/** Number of zoom steps; each halves the span of the chart. */
export const ZOOM_STEPS = 6;

const SHORTEST_USUAL_MS = 300_000;

/** Span of a chart in milliseconds, halved `zoom` times; null = the zoom that suits its newest deployment. */
export function chartSpanMs(chart: ChartView, zoom: number | null): number {
  return Math.max(1000, wholeSpanMs(chart) / 2 ** (zoom ?? usualZoom(chart)));
}

/** The zoom that shows the newest deployment with as much time again before it, and five minutes at least. */
export function usualZoom(chart: ChartView): number {
  const newest = chart.markers.at(-1);
  if (newest === undefined) return 0;
  const wantedMs = Math.max(SHORTEST_USUAL_MS, 2 * ((chart.atMs.at(-1) ?? 0) - newest.atMs));
  const zoom = Math.floor(Math.log2(Math.max(1, wholeSpanMs(chart) / wantedMs)));
  return Math.min(ZOOM_STEPS, zoom);
}

function wholeSpanMs(chart: ChartView): number {
  return (chart.atMs.at(-1) ?? 0) - (chart.atMs[0] ?? 0);
}
