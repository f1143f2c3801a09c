import { expect, it } from 'vitest';
import {
  countdown,
  dateTime,
  momentText,
  shortDuration,
  timeOfDay,
  wordDuration,
} from '../../../../src/tui/format/time.ts';

it.each([
  [-5, '0s', '0 s'],
  [59_999, '59s', '59 s'],
  [360_000, '6m', '6 min'],
  [3 * 3_600_000, '3h', '3 h'],
  [50 * 3_600_000, '2d', '2 d'],
])('%d ms is %s', (ms, short, word) => {
  expect(shortDuration(ms)).toBe(short);
  expect(wordDuration(ms)).toBe(word);
});

it.each([
  [0, '0 s'],
  [26_100, '27 s'],
  [60_000, '1:00'],
  [779_000, '12:59'],
])('counts %d ms down as %s', (ms, text) => {
  expect(countdown(ms)).toBe(text);
});

it('names moments, with the date where it is not today', () => {
  const atMs = Date.UTC(2026, 0, 15, 14, 2, 10);
  expect(timeOfDay(atMs)).toBe('14:02:10');
  expect(dateTime(atMs)).toBe('2026-01-15 14:02');
  expect(momentText(atMs, atMs + 60_000)).toBe('14:02:10');
  expect(momentText(atMs, atMs + 86_400_000)).toBe('2026-01-15 14:02');
});
