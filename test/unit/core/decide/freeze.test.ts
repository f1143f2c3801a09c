import { describe, expect, it } from 'vitest';
import { freezeAt } from '../../../../src/core/decide/freeze.ts';

/** Monday 2026-01-05. */
const at = (hours: number, minutes = 0, day = 5): number => Date.UTC(2026, 0, day, hours, minutes);
const window = (change: object) => ({
  name: 'freeze',
  days: [],
  fromMinute: 22 * 60,
  toMinute: 6 * 60,
  timeZoneOffsetMinutes: 0,
  ...change,
});

describe('freezeAt', () => {
  it.each([
    { name: 'before it begins', nowMs: at(21, 59), change: {}, untilMs: null },
    { name: 'from its first minute', nowMs: at(22), change: {}, untilMs: at(6, 0, 6) },
    { name: 'past midnight', nowMs: at(5, 59, 6), change: {}, untilMs: at(6, 0, 6) },
    { name: 'until its last minute', nowMs: at(6, 0, 6), change: {}, untilMs: null },
    { name: 'on its day', nowMs: at(23), change: { days: [1] }, untilMs: at(6, 0, 6) },
    { name: 'past midnight of its day', nowMs: at(1, 0, 6), change: { days: [1] }, untilMs: at(6, 0, 6) },
    { name: 'not on other days', nowMs: at(23, 0, 6), change: { days: [1] }, untilMs: null },
    { name: 'not in the night before its day', nowMs: at(1), change: { days: [1] }, untilMs: null },
    { name: 'in its own time zone', nowMs: at(20, 30), change: { timeZoneOffsetMinutes: 120 }, untilMs: at(4, 0, 6) },
    { name: 'all day', nowMs: at(9), change: { fromMinute: 0, toMinute: 0 }, untilMs: at(0, 0, 6) },
  ])('holds $name', ({ nowMs, change, untilMs }) => {
    expect(freezeAt(nowMs, [window(change)])?.untilMs ?? null).toBe(untilMs);
  });

  it('gives the one that ends last', () => {
    const windows = [window({ name: 'night' }), window({ name: 'weekend', fromMinute: 0, toMinute: 0 })];
    expect(freezeAt(at(23), windows)).toEqual({ name: 'night', untilMs: at(6, 0, 6) });
    expect(freezeAt(at(23), [])).toBeNull();
  });
});
