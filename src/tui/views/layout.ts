/** Smallest terminal the screen can be drawn in. */
export const MINIMUM = { columns: 40, rows: 8 } as const;

/** Whether anything sensible fits. */
export function fits(size: { readonly columns: number; readonly rows: number }): boolean {
  return size.columns >= MINIMUM.columns && size.rows >= MINIMUM.rows;
}

/** Lines around a list: title, rule, heading above; bars, rule and footer below. */
export function fleetRows(rows: number, bars: number): number {
  const rules = rows >= 14 ? 2 : 0;
  return Math.max(1, rows - 3 - rules - bars);
}

/** Rows of a list in a plain full-screen view: title, rule, and the footer with its rule. */
export function listRows(rows: number): number {
  return Math.max(1, rows - (rows >= 14 ? 4 : 2));
}

/** The first line to show so that `index` is in view, moving as little as possible. */
export function windowTop(top: number, index: number, height: number, count: number): number {
  const highest = Math.max(0, count - height);
  const wanted = index < top ? index : index >= top + height ? index - height + 1 : top;
  return Math.min(Math.max(0, wanted), highest);
}
