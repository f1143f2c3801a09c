import { plot } from 'asciichart';
import type { ChartView } from '../../core/session/snapshot.ts';
import type { Tone } from '../theme.ts';
import type { Line, Span } from './line.ts';
import { span } from './line.ts';
import type { Scale } from './chart-scale.ts';
import { rowOf, scaleOf, tickLabels } from './chart-scale.ts';
import { graphemes, visible } from './text.ts';
import { shortValue } from './value.ts';
import { hourMinute } from './time.ts';

/** Columns the labels of the y axis and the axis itself take. */
export const AXIS_COLUMNS = 8;

const SYMBOLS: [string, string, string, string, string, string, string, string, string, string] = [
  '┤',
  '┤',
  '╶',
  '╴',
  '─',
  '╰',
  '╭',
  '╮',
  '╯',
  '│', // prettier-ignore
];

interface Cell {
  text: string;
  tone: Tone;
}

/**
 * A chart of one metric, exactly `rows` lines of `columns`: the line, the limit, deployments, anomalous samples and a
 * time axis as the last line. `spanMs` is how far back it reaches from its newest point. Needs rows ≥ 4, columns ≥ 24.
 */
export function chartLines(chart: ChartView, columns: number, rows: number, spanMs: number): readonly Line[] {
  const plotColumns = columns - AXIS_COLUMNS;
  const buckets = resample(chart, plotColumns, spanMs);
  const height = rows - 2;
  const scale = scaleOf(chart, buckets.values, height);
  if (scale === null)
    return [[span('no value in this span', 'muted')], ...Array.from({ length: rows - 1 }, (): Line => [])];
  const grid = plotGrid(buckets, scale, height, chart);
  drawLimit(grid, chart, scale, height);
  const markers = drawMarkers(grid, chart, buckets);
  drawAnomalies(grid, buckets, scale, height);
  return [...grid.map(toLine), timeAxis(buckets, markers, columns)];
}

interface Buckets {
  readonly fromMs: number;
  readonly toMs: number;
  readonly values: readonly (number | null)[];
  readonly flags: readonly boolean[];
}

// One value per column: the one furthest from the middle, so that a peak of one sample is never averaged away.
function resample(chart: ChartView, columns: number, spanMs: number): Buckets {
  const toMs = chart.atMs.at(-1) ?? 0;
  const fromMs = toMs - spanMs;
  const values: (number | null)[] = Array.from({ length: columns }, () => null);
  const flags: boolean[] = Array.from({ length: columns }, () => false);
  for (const [index, atMs] of chart.atMs.entries()) {
    const value = chart.values[index] ?? null;
    if (atMs < fromMs || value === null || !Number.isFinite(value)) continue;
    const column = Math.min(columns - 1, Math.floor(((atMs - fromMs) / spanMs) * columns));
    const isBad = chart.flags[index] === 1;
    const old = values[column] ?? null;
    const isWorse = old === null || (chart.spec.worse === 'down' ? value < old : value > old);
    if (isWorse) values[column] = value;
    if (isBad) flags[column] = true;
  }
  return { fromMs, toMs, values: bridge(values, chart, spanMs), flags };
}

// Fewer samples than columns leave columns without one; only a hole longer than two intervals is a gap.
function bridge(values: readonly (number | null)[], chart: ChartView, spanMs: number): readonly (number | null)[] {
  const count = chart.atMs.filter((atMs) => atMs >= (chart.atMs.at(-1) ?? 0) - spanMs).length;
  const longest = Math.ceil((values.length / Math.max(1, count - 1)) * 2);
  const result = [...values];
  let last = -1;
  for (let column = 0; column < result.length; column += 1) {
    if (values[column] === null) continue;
    if (last >= 0 && column - last <= longest) {
      for (let hole = last + 1; hole < column; hole += 1) result[hole] = values[last] ?? null;
    }
    last = column;
  }
  if (last >= 0 && result.length - last <= longest) result.fill(values[last] ?? null, last + 1);
  return result;
}

function plotGrid({ values }: Buckets, scale: Scale, height: number, chart: ChartView): Cell[][] {
  // asciichart cannot draw gaps: they are held at the last value and blanked afterwards.
  let held = values.find((value) => value !== null) ?? 0;
  const filled = [...values, values.at(-1) ?? null].map((value) => (held = value ?? held));
  // In units of rows, asciichart's own rounding cannot add or lose one.
  const scaled = filled.map((value) => height - rowOf(value, scale, height));
  const texts = tickLabels(scale, chart.spec.unit, AXIS_COLUMNS - 2);
  const labels = new Map(scale.ticks.map((tick, i) => [height - rowOf(tick, scale, height), texts[i] ?? '']));
  const format = (row: number): string => `${(labels.get(Math.round(row)) ?? '').padStart(AXIS_COLUMNS - 2)} `;
  const text = plot(scaled, { height, min: 0, max: height, offset: 2, format, symbols: SYMBOLS });
  return text.split('\n').map((line) => {
    const axis = line.slice(0, AXIS_COLUMNS);
    const cells = graphemes(line.slice(AXIS_COLUMNS))
      .slice(0, values.length)
      .map((character, column): Cell => {
        return { text: values[column] === null ? ' ' : character, tone: 'plain' };
      });
    while (cells.length < values.length) cells.push({ text: ' ', tone: 'plain' });
    return [{ text: axis, tone: 'muted' as const }, ...cells];
  });
}

function drawLimit(grid: Cell[][], { limit, spec }: ChartView, scale: Scale, height: number): void {
  if (limit === null || limit < scale.low || limit > scale.high) return;
  const row = grid[rowOf(limit, scale, height)];
  if (row === undefined) return;
  const label = ` limit ${shortValue(limit, spec.unit)} `;
  for (let column = 1; column < row.length; column += 1) {
    if (row[column]?.text === ' ') row[column] = { text: '┈', tone: 'warn' };
  }
  // The label stands where the line does not pass.
  const from = [2, Math.floor(row.length / 2), row.length - label.length].find((start) =>
    row.slice(start, start + label.length).every((cell) => cell.text === '┈'),
  );
  if (from === undefined) return;
  for (const [index, character] of graphemes(label).entries()) row[from + index] = { text: character, tone: 'warn' };
}

function drawMarkers(
  grid: Cell[][],
  chart: ChartView,
  { fromMs, toMs, values }: Buckets,
): readonly { column: number; version: string }[] {
  const shown = chart.markers.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  return shown.map(({ atMs, version }) => {
    const column = Math.min(values.length - 1, Math.floor(((atMs - fromMs) / (toMs - fromMs)) * values.length));
    for (const row of grid) {
      const cell = row[column + 1];
      if (cell?.text === ' ' || cell?.text === '┈') row[column + 1] = { text: '╎', tone: 'watch' };
    }
    return { column, version };
  });
}

function drawAnomalies(grid: Cell[][], { values, flags }: Buckets, scale: Scale, height: number): void {
  for (const [column, isBad] of flags.entries()) {
    const value = values[column] ?? null;
    if (!isBad || value === null) continue;
    for (const row of grid) {
      const cell = row[column + 1];
      if (cell !== undefined && cell.tone === 'plain') row[column + 1] = { ...cell, tone: 'bad' };
    }
    const at = grid[rowOf(value, scale, height)];
    if (at !== undefined) at[column + 1] = { text: '▲', tone: 'bad' };
  }
}

function timeAxis(
  { fromMs, toMs, values }: Buckets,
  markers: readonly { column: number; version: string }[],
  columns: number,
): Line {
  const cells = Array.from({ length: values.length }, () => '─');
  const put = (text: string, start: number): void => {
    const from = Math.min(Math.max(0, start), cells.length - text.length);
    if (from < 0 || cells.slice(Math.max(0, from - 1), from + text.length + 1).some((each) => each !== '─')) return;
    for (const [index, character] of graphemes(text).entries()) cells[from + index] = character;
  };
  for (const { column, version } of markers) {
    const label = `deploy ${visible(version)}`;
    // Beside the mark on the side that has room, the mark itself in its own column.
    if (column + label.length + 1 <= cells.length) put(`┃${label}`, column);
    else put(`${label}┃`, column - label.length);
  }
  put('now', cells.length - 3);
  const step = 16;
  for (let column = 0; column < cells.length - 4; column += step) {
    put(hourMinute(fromMs + (column / values.length) * (toMs - fromMs)), column);
  }
  return [span(`${' '.repeat(AXIS_COLUMNS - 1)}└${cells.join('')}`.slice(0, columns), 'muted')];
}

function toLine(cells: readonly Cell[]): Line {
  const spans: Span[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last !== undefined && last.tone === cell.tone) spans[spans.length - 1] = span(last.text + cell.text, cell.tone);
    else spans.push(span(cell.text, cell.tone));
  }
  return spans;
}
