import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayStartMs, epochToMs, parseTimestamp, timeOfDayMs } from '../../../src/parsers/timestamp.ts';

const AT = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('parseTimestamp', () => {
  it.each([
    ['2026-01-01T12:00:00Z', 0],
    ['2026-01-01t12:00:00z', 0],
    ['2026-01-01 12:00:00', 0],
    ['2026-01-01 12:00', 0],
    ['2026/01/01 12:00:00', 0],
    ['2026-01-01 12:00:00 UTC', 0],
    ['2026-01-01T14:00:00+02:00', 0],
    ['2026-01-01T14:00:00+02', 0],
    ['2026-01-01T06:30:00-0530', 0],
    ['2026-01-01T12:00:00.1239Z', 123],
    ['2026-01-01T12:00:00,5', 500],
    ['1767268800', 0],
    ['1767268800.25', 250],
    ['1.7672688e9', 0],
    ['1767268800001', 1],
    ['1767268800001999', 1],
    ['1767268800001999999', 1],
  ])('reads %s', (text, plusMs) => {
    expect(parseTimestamp(text, 0)).toBe(AT + plusMs);
  });

  it('takes a time without a zone as local where so configured, and one with a zone as it is', () => {
    expect(parseTimestamp('2026-01-01T12:00:00', 120)).toBe(AT - 7_200_000);
    expect(parseTimestamp('2026-01-01T12:00:00Z', 120)).toBe(AT);
    expect(parseTimestamp('1767268800', 120)).toBe(AT);
  });

  it.each(['', 'now', '42', '-1767268800', '2026-13-01', '2026-02-29', '2026-01-01T24:00:00', '2026-01-01T12:60:00'])(
    'refuses %j',
    (text) => {
      expect(parseTimestamp(text, 0)).toBeNaN();
    },
  );

  it.each(['2026-01-01T12:00:61Z', '2026-01-01T12', '26-01-01', '2026-01-01T12:00:00+25:00', '1767268800000000000000'])(
    'refuses %j too',
    (text) => {
      expect(parseTimestamp(text, 0)).toBeNaN();
    },
  );

  it('agrees with the calendar of the runtime for every date', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(date, (value) => parseTimestamp(value.toISOString(), 0) === value.getTime()));
  });
});

describe('epochToMs', () => {
  it('is NaN for NaN, small and absurdly large numbers', () => {
    for (const value of [Number.NaN, 0, -5, 99_999_999, 1e20, Number.POSITIVE_INFINITY])
      expect(epochToMs(value)).toBeNaN();
  });
});

describe('dayStartMs and timeOfDayMs', () => {
  it('know leap years and reject what does not exist', () => {
    expect(dayStartMs(2024, 2, 29)).toBe(Date.UTC(2024, 1, 29));
    expect(dayStartMs(2000, 2, 29)).toBe(Date.UTC(2000, 1, 29));
    expect(dayStartMs(1900, 2, 29)).toBeNaN();
    expect(dayStartMs(2026, 4, 31)).toBeNaN();
    expect(dayStartMs(2026, 0, 1)).toBeNaN();
    expect(timeOfDayMs(23, 59, 60)).toBe(86_400_000);
    expect(timeOfDayMs(24, 0, 0)).toBeNaN();
  });
});
