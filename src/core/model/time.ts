const DAY_MS = 86_400_000;

/** A moment in the calendar, UTC. `month` 1..12, `weekday` 0 = Sunday. */
export interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** Milliseconds since midnight. */
  readonly msOfDay: number;
}

/**
 * The calendar of a Unix time, by whole-number arithmetic (proleptic Gregorian, UTC).
 * Reference: H. Hinnant, chrono-Compatible Low-Level Date Algorithms (2013), civil_from_days.
 */
export function calendarTime(atMs: number): CalendarTime {
  const days = Math.floor(atMs / DAY_MS);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    msOfDay: atMs - days * DAY_MS,
  };
}

/** `2026-01-31T14:02:10.000Z`; null for a time that is not finite. Same text as `Date.prototype.toISOString` within its range. */
export function isoTime(atMs: number): string | null {
  if (!Number.isFinite(atMs)) return null;
  const whole = Math.trunc(atMs);
  return `${dateText(whole)}T${clockTime(whole)}.${padded(calendarTime(whole).msOfDay % 1000, 3)}Z`;
}

/** Time of day to the second, UTC: `14:02:10`. */
export function clockTime(atMs: number): string {
  const seconds = Math.floor(calendarTime(atMs).msOfDay / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) => padded(n, 2)).join(':');
}

/** A moment for a sentence said at `nowMs`: `14:02:10Z`, with the date where that could be meant of another day. */
export function momentText(atMs: number, nowMs: number): string {
  return Math.abs(nowMs - atMs) < DAY_MS / 2 ? `${clockTime(atMs)}Z` : `${dateText(atMs)} ${clockTime(atMs)}Z`;
}

/** A length of time in one figure, rounded down: `45 s`, `6 min`, `3 h`, `2 d`. Negative counts as 0. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

function dateText(atMs: number): string {
  const { year, month, day } = calendarTime(atMs);
  const sign = year < 0 ? '-' : '+';
  const years = year >= 0 && year <= 9999 ? padded(year, 4) : `${sign}${padded(Math.abs(year), 6)}`;
  return `${years}-${padded(month, 2)}-${padded(day, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
