/** Stands in for object-hash, with which ink-table makes the keys of its rows: equal rows, equal keys, and no more. */
export function sha1(row: unknown): string {
  return JSON.stringify(row);
}
