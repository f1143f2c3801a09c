const DAY_MS = 86_400_000;
const ISO =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s?([Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;
const EPOCH = /^\+?\d+(?:\.\d*)?(?:[eE]\+?\d{1,2})?$/;

/** 1973-03-03 in seconds: a smaller number is a row number or a duration, not a time. */
const SMALLEST_EPOCH_S = 1e8;
const LARGEST_EPOCH_S = 1e11;

/**
 * Unix milliseconds (whole, rounded down) of a timestamp, NaN when it is none. Takes ISO 8601 (`T` or a space, optional
 * seconds, fraction and zone; without a zone it is local time `defaultZoneOffsetMinutes` ahead of UTC; a date alone is its
 * midnight) and epoch seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude.
 */
export function parseTimestamp(text: string, defaultZoneOffsetMinutes: number): number {
  const trimmed = text.trim();
  if (EPOCH.test(trimmed)) return epochToMs(Number(trimmed));
  const match = ISO.exec(trimmed);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const date = dayStartMs(Number(year), Number(month), Number(day));
  const time = timeOfDayMs(Number(hour), Number(minute), Number(second));
  const offset = zone === undefined ? defaultZoneOffsetMinutes : zoneOffsetMinutes(zone);
  // Digits after the third are below a millisecond.
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return date + time + thousandths - offset * 60_000;
}

/** Unix milliseconds of a number that is epoch s, ms, µs or ns by its size; NaN before 1973-03-03 and after the year 5138. */
export function epochToMs(value: number): number {
  if (!(value >= SMALLEST_EPOCH_S)) return Number.NaN;
  if (value < LARGEST_EPOCH_S) return Math.floor(value * 1000);
  if (value < LARGEST_EPOCH_S * 1e3) return Math.floor(value);
  if (value < LARGEST_EPOCH_S * 1e6) return Math.floor(value / 1e3);
  return value < LARGEST_EPOCH_S * 1e9 ? Math.floor(value / 1e6) : Number.NaN;
}

/** Unix milliseconds of midnight UTC; NaN for a date that does not exist. Proleptic Gregorian calendar. */
export function dayStartMs(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  // Days since 1970-01-01, counting years from March so that the leap day is the last of its year.
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  return (365 * marchYear + leapDays + dayOfYear - 719_468) * DAY_MS;
}

/** Milliseconds since midnight; NaN outside 00:00:00 … 23:59:60 (a leap second counts as the next one). */
export function timeOfDayMs(hour: number, minute: number, second: number): number {
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function zoneOffsetMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z' || zone === 'UTC') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  return hours > 23 || minutes > 59 ? Number.NaN : sign * (hours * 60 + minutes);
}
