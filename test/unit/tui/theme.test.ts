import { describe, expect, it } from 'vitest';
import { LOOKS, TONE_COLOURS, needsAscii, toAscii } from '../../../src/tui/theme.ts';
import { width } from '../../../src/tui/format/text.ts';

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.039_28 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const colours = Object.entries(TONE_COLOURS).flatMap(([tone, colour]): [string, string][] =>
  colour === undefined ? [] : [[tone, colour]],
);

describe.each(['#000000', '#1e1e1e', '#282c34', '#ffffff', '#fdf6e3'])('on %s', (ground) => {
  it.each(colours)('%s %s can be read', (_, colour) => {
    expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });
});

it('gives each look a shape of its own, in Unicode and in ASCII', () => {
  const marks = Object.values(LOOKS).map((look) => look.mark);
  expect(new Set(marks).size).toBe(marks.length);
  expect(marks.map(toAscii).join('')).toBe('o~^!X?<=');
  for (const mark of marks) expect(width(mark)).toBe(1);
});

it.each([
  [{ TERM: 'xterm-256color', LANG: 'en_US.UTF-8' }, false],
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM: 'dumb', LANG: 'en_US.UTF-8' }, true],
  [{ TERM: 'linux', LANG: 'en_US.UTF-8' }, true],
  [{ TERM: 'xterm', LANG: 'C' }, true],
  [{ TERM: 'xterm', LANG: 'C', LC_ALL: 'C.utf8' }, false],
])('%j needs ASCII: %j', (environment, expected) => {
  expect(needsAscii(environment)).toBe(expected);
});
