const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration looks like in the config, for editors and errors: `10m`, `90s`, `1h30m`, `1.5h`. */
export const DURATION_PATTERN = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** Milliseconds of a duration such as `10m`, `90s`, `1h30m` or `500ms`; null when it is none. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (!DURATION_PATTERN.test(trimmed)) return null;
  let totalMs = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    totalMs += Number(count) * UNITS[unit!]!;
  }
  return Number.isFinite(totalMs) ? Math.round(totalMs) : null;
}

/** A duration as the config would have it: `90s`, `1h30m`; whole milliseconds, not negative. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = UNITS[unit]!;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

/** The duration that was probably meant by something that is none: `60 s`, `10 minutes`, `1 hour`; null when unclear. */
export function guessDuration(text: string): string | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  if (match === null) return null;
  const word = match[2]!.toLowerCase();
  const unit = /^m(s|illi)/.test(word) ? 'ms' : word[0]!;
  return unit in UNITS ? `${match[1]!}${unit}` : null;
}
