import type { Snapshot } from '../../core/session/snapshot.ts';
import { chartLines } from '../format/chart.ts';
import { chartSpanMs } from '../format/chart-span.ts';
import type { Line } from '../format/line.ts';
import { cutLine, fitLine, lineWidth, rule, span, spread } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { metricHeading } from '../format/value.ts';
import { wordDuration } from '../format/time.ts';
import type { UiState } from '../state/ui-state.ts';
import { shownSnapshot } from '../state/ui-state.ts';
import type { DetailLayout } from '../views/detail-layout.ts';
import { detailLayout } from '../views/detail-layout.ts';
import { detailStanding, detailTitle } from '../views/detail-title.ts';
import { detailBars } from '../views/fleet-bars.ts';
import { footerLine } from '../views/footer-line.ts';
import { metricStrip } from '../views/metric-strip.ts';
import { fleetItems } from '../views/pipeline-look.ts';
import { whyLines } from '../views/why-lines.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';
import { pageFrame } from './page.ts';

/** One pipeline: the chart of a metric, why it is judged as it is, its other metrics. */
export function detailFrame(ui: UiState, live: Snapshot): Frame {
  const { columns, rows } = ui;
  const snapshot = shownSnapshot(ui, live);
  const item = fleetItems(snapshot).find(({ view }) => view.pipeline === ui.detail?.pipeline);
  const footer = footerLine('detail', ui.message, columns);
  if (item === undefined) {
    const gone: Line = [span(`   ${visible(ui.detail?.pipeline ?? '')} is not watched any more.`, 'warn')];
    return pageFrame(ui, [], [[], gone], footer);
  }
  const bars = detailBars(ui, live, item).map((bar) => cutLine([span(' '), ...bar], columns));
  const metrics = snapshot.detail?.pipeline === item.view.pipeline ? snapshot.detail.metrics : item.view.sparks;
  const { whyColumns } = detailLayout(columns, rows, bars.length, 0, metrics.length);
  const why = whyLines(item, snapshot.nowMs, whyColumns);
  const layout = detailLayout(columns, rows, bars.length, why.length, metrics.length);
  const rules = rows >= 14 ? [rule(columns)] : [];
  const standing = detailStanding(item);
  const title = spread(detailTitle(item, snapshot.nowMs, columns - lineWidth(standing) - 1), standing, columns);
  const strip = metricStrip(metrics, snapshot.detail?.chart?.spec.name ?? null, columns, layout.sparkRows);
  const head = [title, ...rules, ...body(ui, snapshot, why, layout), ...rules, ...strip, ...rules, ...bars];
  return plainFrame(ui, head, [footer]);
}

function body(ui: UiState, snapshot: Snapshot, why: readonly Line[], layout: DetailLayout): readonly Line[] {
  const chart = chartBlock(ui, snapshot, layout);
  const whyBlock = cutList(why, layout.whyRows);
  if (!layout.isWide) return [...chart, ...whyBlock.map((line): Line => [span(' '), ...cutLine(line, ui.columns - 1)])];
  return chart.map((line, index): Line => {
    const right = cutLine(whyBlock[index] ?? [], layout.whyColumns);
    return [...fitLine(line, layout.chartColumns), span(' │ ', 'muted'), ...right];
  });
}

function chartBlock(ui: UiState, snapshot: Snapshot, layout: DetailLayout): readonly Line[] {
  const { detail } = snapshot;
  const { chartColumns, chartRows } = layout;
  const chart = detail?.pipeline === ui.detail?.pipeline ? (detail?.chart ?? null) : null;
  const wanted = ui.detail?.metric ?? null;
  if (chart === null || (wanted !== null && chart.spec.name !== wanted)) {
    const waiting: Line = [
      span(chart === null && detail?.pipeline === ui.detail?.pipeline ? ' no metric yet' : ' reading …', 'muted'),
    ];
    return [waiting, ...Array.from({ length: chartRows }, (): Line => [])];
  }
  const names = detail?.metrics.map((metric) => metric.spec.name) ?? [];
  const spanMs = chartSpanMs(chart, ui.detail?.zoom ?? null);
  const place = `metric ${names.indexOf(chart.spec.name) + 1}/${names.length} · last ${wordDuration(spanMs)} `;
  const heading = spread(
    [span(` ${metricHeading(chart.spec.name, chart.spec.unit)}`, 'plain', true)],
    [span(place, 'muted')],
    chartColumns,
  );
  return [heading, ...chartLines(chart, chartColumns, chartRows, spanMs)];
}

function cutList(lines: readonly Line[], rows: number): readonly Line[] {
  if (lines.length <= rows) return lines;
  return [
    ...lines.slice(0, rows - 1),
    [span(`… ${lines.length - rows + 1} more lines: enlarge the terminal`, 'muted')],
  ];
}
