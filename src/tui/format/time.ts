/** A length of time in two figures at most, rounded down: `45s`, `6m`, `3h`, `2d`. Negative counts as 0. */
export function shortDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** A length of time in words for sentences: `45 s`, `6 min`, `3 h`, `2 d`. */
export function wordDuration(ms: number): string {
  const short = shortDuration(ms);
  const unit = short.at(-1) === 'm' ? 'min' : short.at(-1);
  return `${short.slice(0, -1)} ${unit}`;
}

/** A countdown: `12:59` above a minute, `59 s` below it. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Time of day in the terminal's time zone, `14:02:10`. */
export function timeOfDay(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Time of day to the minute, `14:02`. */
export function hourMinute(atMs: number): string {
  return timeOfDay(atMs).slice(0, 5);
}

/** Date and time to the minute, `2026-01-31 14:02`. */
export function dateTime(atMs: number): string {
  const date = new Date(atMs);
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${hourMinute(atMs)}`;
}

/** Time of day where it is today, else with the date, as seen from `nowMs`. */
export function momentText(atMs: number, nowMs: number): string {
  return Math.abs(nowMs - atMs) < 20 * 3_600_000 ? timeOfDay(atMs) : dateTime(atMs);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
