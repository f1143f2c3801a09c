import type { FreezeWindow } from '../model/policy.ts';
import { calendarTime } from '../model/time.ts';

const DAY_MINUTES = 1440;

/**
 * The freeze window that holds at `nowMs` and when it ends; the one that ends last where several hold, null without one.
 * A window that crosses midnight belongs to the day it begins on. `fromMinute` = `toMinute` is the whole day.
 */
export function freezeAt(
  nowMs: number,
  windows: readonly FreezeWindow[],
): { readonly name: string; readonly untilMs: number } | null {
  let last: { readonly name: string; readonly untilMs: number } | null = null;
  for (const window of windows) {
    const endsInMs = remainingMs(nowMs, window);
    if (endsInMs !== null && (last === null || nowMs + endsInMs > last.untilMs)) {
      last = { name: window.name, untilMs: nowMs + endsInMs };
    }
  }
  return last;
}

function remainingMs(nowMs: number, window: FreezeWindow): number | null {
  const local = calendarTime(nowMs + window.timeZoneOffsetMinutes * 60_000);
  const minute = local.msOfDay / 60_000;
  const { fromMinute, toMinute } = window;
  const lasts = toMinute > fromMinute ? toMinute - fromMinute : toMinute + DAY_MINUTES - fromMinute;
  // Today's window, or yesterday's that has not ended.
  for (const daysAgo of [0, 1]) {
    const passed = minute - fromMinute + daysAgo * DAY_MINUTES;
    const weekday = (local.weekday + 7 - daysAgo) % 7;
    const applies = window.days.length === 0 || window.days.includes(weekday);
    if (applies && passed >= 0 && passed < lasts) return Math.ceil((lasts - passed) * 60_000);
  }
  return null;
}
