/** Says what a value of one feature means; gets a number that is not missing. */
export type Wording = (value: number) => string;

/** A number with at most three decimals and no trailing zeros. */
export function compact(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** "1 task", "3 tasks". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${compact(value)} ${value === 1 ? one : many}`;
}

/** A share 0..1 as "12 %". */
export function percent(share: number): string {
  return `${compact(Math.round(share * 1000) / 10)} %`;
}

/** One of two sentences, for features that are 0 or 1. */
export function either(yes: string, no: string): Wording {
  return (value) => (value >= 0.5 ? yes : no);
}

/** Hours as "40 minutes", "5 hours" or "12 days". */
export function duration(hours: number): string {
  if (hours < 1) return counted(Math.round(hours * 60), 'minute');
  return hours < 48 ? counted(Math.round(hours), 'hour') : counted(Math.round(hours / 24), 'day');
}

/** Monday = 0. */
export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** Hour of day as "22:00". */
export function clockHour(hour: number): string {
  return `${String(Math.floor(hour)).padStart(2, '0')}:00`;
}
