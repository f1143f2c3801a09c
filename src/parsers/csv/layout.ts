import type { CsvHeader } from './state.ts';

/** What the byte scanner does with a column. */
export const SKIP = 0;
export const TIME = 1;
export const VALUE = 2;
export const LABEL = 3;
export const OPEN = 4;

/** A header in the form in which the byte scanner needs it. */
export interface Layout {
  readonly header: CsvHeader;
  readonly delimiter: number;
  /** One of the constants above per column. */
  readonly kinds: Uint8Array;
  /** Names of the labels in the order of their columns. */
  readonly labelNames: readonly string[];
}

/** Prepares a header for scanning. */
export function layoutOf(header: CsvHeader): Layout {
  const kinds = Uint8Array.from(header.roles, (role) => {
    if (role === 'time') return TIME;
    if (role === 'metric') return VALUE;
    if (role === 'label') return LABEL;
    return role === 'open' ? OPEN : SKIP;
  });
  const labelNames = header.labels.filter((label) => label !== null);
  return { header, delimiter: header.delimiter.charCodeAt(0), kinds, labelNames };
}
