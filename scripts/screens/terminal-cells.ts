import xterm from '@xterm/headless';

/** A run of characters in one style, at its place on the screen. */
export interface CellRun {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  /** `#rrggbb`; null = the terminal's own. */
  readonly colour: string | null;
  readonly bold: boolean;
  readonly inverse: boolean;
}

/** Runs a frame with its escape sequences through a terminal and reads back what stands where. */
export async function terminalCells(frame: string, columns: number, rows: number): Promise<readonly CellRun[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(frame.replaceAll('\n', '\r\n'), resolve));
  const runs: CellRun[] = [];
  for (let row = 0; row < rows; row += 1) {
    const line = terminal.buffer.active.getLine(row);
    for (let column = 0; column < columns; column += 1) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const next: CellRun = {
        row,
        column,
        columns: cell.getWidth(),
        text: cell.getChars() || ' ',
        colour: cell.isFgRGB() ? `#${cell.getFgColor().toString(16).padStart(6, '0')}` : null,
        bold: cell.isBold() !== 0,
        inverse: cell.isInverse() !== 0,
      };
      append(runs, next);
    }
  }
  terminal.dispose();
  return runs.filter((run) => run.inverse || run.text.trim() !== '');
}

function append(runs: CellRun[], next: CellRun): void {
  const last = runs.at(-1);
  const isSame =
    last !== undefined &&
    last.row === next.row &&
    last.colour === next.colour &&
    last.bold === next.bold &&
    last.inverse === next.inverse;
  if (!isSame) runs.push(next);
  else runs[runs.length - 1] = { ...last, text: last.text + next.text, columns: last.columns + next.columns };
}
