import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../../../../src/tui/format/said.ts';

const zone = process.env['TZ'];
beforeEach(() => void (process.env['TZ'] = 'Asia/Kolkata'));
afterEach(() => void (process.env['TZ'] = zone));

describe('what is said on the screen', () => {
  it.each([
    ['failed: rt 912 ms, 3 in a row since 23:40:10Z', 'failed: rt 912 ms, 3 in a row since 05:10:10'],
    ['frozen until 2026-01-31 23:40:00Z', 'frozen until 2026-02-01 05:10'],
    ['recovered 12:04:00Z, had failed since 12:02:00Z', 'recovered 17:34:00, had failed since 17:32:00'],
    ['build 12:04:00 of 2026-01-31', 'build 12:04:00 of 2026-01-31'],
    ['a\u001b[2Jb at 00:00:00Z', 'a\\x1b[2Jb at 05:30:00'],
  ])('%j', (text, shown) => {
    expect(said(text)).toBe(shown);
  });
});
