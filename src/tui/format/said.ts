import { visible } from './text.ts';
import { dateTime, timeOfDay } from './time.ts';

const UTC_MOMENT = /\b(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d:\d\d)Z/g;

/**
 * A sentence of the engine as the screen says it: readable, and its moments, which are UTC (`14:02:10Z`) so that records
 * and logs of several machines agree, in the terminal's time zone like every other time on the screen.
 */
export function said(text: string): string {
  return visible(text).replace(UTC_MOMENT, (_whole, day: string | undefined, time: string) => {
    if (day === undefined) return timeOfDay(Date.parse(`${today()}T${time}Z`));
    return dateTime(Date.parse(`${day}T${time}Z`));
  });
}

/** A time without a date is of these hours: only the difference to UTC depends on the day. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
