import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarTime, clockTime, durationText, isoTime, momentText } from '../../../../src/core/model/time.ts';

describe('time', () => {
  it('writes the same ISO text as Date, over its whole range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (atMs) => {
        expect(isoTime(atMs)).toBe(new Date(atMs).toISOString());
        expect(calendarTime(atMs).weekday).toBe(new Date(atMs).getUTCDay());
      }),
      { numRuns: 2000 },
    );
    expect(isoTime(Number.NaN)).toBeNull();
  });

  it('says moments and lengths of time shortly', () => {
    const at = Date.UTC(2026, 0, 31, 14, 2, 10);
    expect(clockTime(at)).toBe('14:02:10');
    expect(momentText(at, at + 3_600_000)).toBe('14:02:10Z');
    expect(momentText(at, at + 3 * 86_400_000)).toBe('2026-01-31 14:02:10Z');
    expect([-5, 59_999, 60_000, 3_600_000, 200_000_000].map(durationText)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h',
      '2 d',
    ]);
  });
});
