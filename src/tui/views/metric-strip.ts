import type { Spark } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { fitLine, span } from '../format/line.ts';
import { fit } from '../format/text.ts';
import { sparkFlag, sparkline } from '../format/spark.ts';
import { shortMetric, valueWithUnit } from '../format/value.ts';

const CELL_COLUMNS = 32;

/** All metrics but the one on the chart, as many as fit into `rows`, side by side. */
export function metricStrip(
  metrics: readonly Spark[],
  chosen: string | null,
  columns: number,
  rows: number,
): readonly Line[] {
  const perLine = cellsPerLine(columns);
  const cellColumns = Math.floor((columns - 1) / perLine);
  const others = metrics.filter((metric) => metric.spec.name !== chosen);
  const shown = others.length > perLine * rows ? others.slice(0, Math.max(1, perLine * rows - 1)) : others;
  const cells = shown.map((metric) => cell(metric, cellColumns));
  if (cells.length < perLine * rows && shown.length < others.length)
    cells.push(fitLine([span(`and ${others.length - shown.length} more: tab`, 'muted')], cellColumns));
  const lines: Line[] = [];
  for (let start = 0; start < cells.length; start += perLine)
    lines.push([span(' '), ...cells.slice(start, start + perLine).flat()]);
  while (lines.length < rows) lines.push([]);
  return lines;
}

/** Lines that `metrics` metrics, one of them on the chart, would take; at least 1. */
export function stripRows(metrics: number, columns: number): number {
  return Math.max(1, Math.ceil((metrics - 1) / cellsPerLine(columns)));
}

function cellsPerLine(columns: number): number {
  return Math.max(1, Math.floor((columns - 1) / CELL_COLUMNS));
}

function cell(metric: Spark, columns: number): Line {
  const flag = sparkFlag(metric);
  const name = Math.max(9, Math.floor(columns * 0.36));
  const bars = Math.max(4, columns - name - 12);
  return fitLine(
    [
      span(`${fit(shortMetric(metric.spec.name), name)} `),
      ...sparkline(metric, bars),
      span(
        ` ${fit(valueWithUnit(metric.latest, metric.spec.unit), 7, 'right')}`,
        flag === ' ' ? 'plain' : 'bad',
        flag !== ' ',
      ),
      span(flag, 'bad', true),
    ],
    columns,
  );
}
