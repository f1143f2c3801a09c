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
import type { DetailContent } from '../views/detail-view.ts';
import { detailView, whyHeight } from '../views/detail-view.ts';
import { detailStanding, detailTitle } from '../views/detail-title.ts';
import { footerLine } from '../views/footer-line.ts';
import { metricStrip } from '../views/metric-strip.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';
import { pageFrame } from './page.ts';

/** One pipeline: the chart of a metric, why it is judged as it is, its other metrics. */
export function detailFrame(ui: UiState, live: Snapshot): Frame {
  const { columns, rows } = ui;
  const snapshot = shownSnapshot(ui, live);
  const content = detailView(ui, live);
  const footer = footerLine('detail', ui.message, columns);
  if (content === null) {
    const gone: Line = [span(`   ${visible(ui.detail?.pipeline ?? '')} is not watched any more.`, 'warn')];
    return pageFrame(ui, [], [[], gone], footer);
  }
  const { item, metrics, bars, layout } = content;
  const rules = rows >= 14 ? [rule(columns)] : [];
  const standing = detailStanding(item);
  const title = spread(detailTitle(item, snapshot.nowMs, columns - lineWidth(standing) - 1), standing, columns);
  const strip = metricStrip(metrics, snapshot.detail?.chart?.spec.name ?? null, columns, layout.sparkRows);
  const head = [title, ...rules, ...body(ui, snapshot, content), ...rules, ...strip, ...rules, ...bars];
  return plainFrame(ui, head, [footer]);
}

function body(ui: UiState, snapshot: Snapshot, content: DetailContent): readonly Line[] {
  const { layout } = content;
  const chart = chartBlock(ui, snapshot, layout);
  const whyBlock = whyWindow(content, ui.detail?.top ?? 0);
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

function whyWindow(content: DetailContent, wanted: number): readonly Line[] {
  const { why, layout } = content;
  if (why.length <= layout.whyRows) return why;
  const height = whyHeight(content);
  const top = Math.min(wanted, why.length - height);
  const place = `lines ${top + 1}–${top + height} of ${why.length} · j k scroll`;
  return [...why.slice(top, top + height), [span(place, 'muted')]];
}
