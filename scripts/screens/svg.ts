import type { CellRun } from './terminal-cells.ts';

const CELL = { width: 8.4, height: 18, size: 14 } as const;
const EDGE = 16;
const BAR = 28;
const GROUND = '#16181d';
const INK = '#d7dae0';

/** Draws the cells of a terminal as an SVG picture with a window around them. */
export function svgPicture(runs: readonly CellRun[], columns: number, rows: number, title: string): string {
  const width = Math.ceil(columns * CELL.width + 2 * EDGE);
  const height = Math.ceil(rows * CELL.height + BAR + EDGE);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    ...['#e5484d', '#b7791f', '#2f9e44'].map(
      (fill, index) => `<circle cx="${18 + index * 18}" cy="15" r="5" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="${CELL.size}" xml:space="preserve">`,
    ...runs.map(drawRun),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawRun(run: CellRun): string {
  const x = round(EDGE + run.column * CELL.width);
  const y = round(BAR + run.row * CELL.height);
  const length = round(run.columns * CELL.width);
  const colour = run.colour ?? INK;
  const ground = run.inverse
    ? `<rect x="${x}" y="${y}" width="${length}" height="${CELL.height}" fill="${colour}"/>`
    : '';
  const weight = run.bold ? ' font-weight="bold"' : '';
  const fill = run.inverse ? GROUND : colour;
  // The length is stated, so that another font of the reader's machine cannot shift the columns.
  const place = `x="${x}" y="${round(y + CELL.height * 0.76)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"`;
  return `${ground}<text ${place} fill="${fill}"${weight}>${escaped(run.text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
