/** Unix time in ms of a time the CLI printed: version 1 prints seconds since 1970, version 2 a date. Null for none. */
export function timeOf(at: string | number | undefined): number | null {
  if (at === undefined) return null;
  const ms = typeof at === 'number' ? at * 1000 : Date.parse(at);
  return Number.isNaN(ms) ? null : Math.round(ms);
}
