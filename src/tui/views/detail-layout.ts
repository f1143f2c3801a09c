import { stripRows } from './metric-strip.ts';

/** How the detail view divides the terminal. */
export interface DetailLayout {
  /** Chart and why beside each other, or one below the other. */
  readonly isWide: boolean;
  readonly chartColumns: number;
  /** Lines of the chart, its time axis included; its heading stands above. */
  readonly chartRows: number;
  readonly whyColumns: number;
  readonly whyRows: number;
  readonly sparkRows: number;
}

/** Divides `rows` of a terminal after `bars` lines were taken for bars; title and footer count as the frame. */
export function detailLayout(
  columns: number,
  rows: number,
  bars: number,
  whyLength: number,
  metrics: number,
): DetailLayout {
  const rules = rows >= 14 ? 3 : 0;
  const body = Math.max(4, rows - 2 - rules - bars);
  const sparkRows = Math.min(stripRows(metrics, columns), Math.max(1, Math.floor(body / 6)), 6);
  const main = body - sparkRows - 1;
  if (columns >= 100) {
    const chartColumns = Math.floor(columns * (columns < 140 ? 0.5 : 0.6));
    return {
      isWide: true,
      chartColumns,
      chartRows: main,
      whyColumns: columns - chartColumns - 4,
      whyRows: main + 1,
      sparkRows,
    };
  }
  const whyRows = Math.min(whyLength, Math.max(2, Math.ceil(main * 0.45)));
  return {
    isWide: false,
    chartColumns: columns - 1,
    chartRows: main - whyRows,
    whyColumns: columns - 2,
    whyRows,
    sparkRows,
  };
}
