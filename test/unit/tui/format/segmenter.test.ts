import fc from 'fast-check';
import measure from 'string-width';
import { describe, expect, it } from 'vitest';
import { isPlain, Segmenter } from '../../../../src/tui/format/segmenter.ts';
import stringWidth from '../../../../src/tui/format/string-width.ts';

const real = new Intl.Segmenter();
const ours = new Segmenter();
const EVERY_UNIT = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const PLAIN_UNITS = EVERY_UNIT.filter(isPlain);

/** Plain characters, colours, and what is anything but plain: joiners, accents, wide and right-to-left ones, emoji. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PLAIN_UNITS) },
  fc.constantFrom('\x1b[1m', '\x1b[38;2;1;2;3m', '\x1b[39m', '\x1b[', '\x1b', '\n', '\r', '\r\n', '\t', '\x9b31m'),
  fc.constantFrom(
    'e\u0301',
    '\u200d',
    '\ufe0f',
    '👩‍👩‍👧',
    '🇩🇪',
    '1️⃣',
    '한',
    'ᄒ',
    '漢',
    'ｶﾞ',
    'א',
    '\u00ad',
    '⌚',
    '◽',
    '♥',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('plain characters', () => {
  it('are what a screen is made of', () => {
    expect(PLAIN_UNITS.length).toBeGreaterThan(1_500);
    expect(isPlain(' azAZ09~ ─│┌┐└┘▁▂▃▄▅▆▇█●◐▲▼✖⟲✔▸→←·…–—≥≤≈−σ×’•é')).toBe(true);
  });

  it.each(['\n', '\x1b', '\u00ad', '漢', '◽', '\u0301', '\u200d', '\ud83d'])('are not %j', (character) => {
    expect(isPlain(character)).toBe(false);
  });

  it('take one column each', () => {
    expect(PLAIN_UNITS.filter((unit) => measure(unit) !== 1)).toEqual([]);
  });

  it('are never joined to one another', () => {
    const all = PLAIN_UNITS.flatMap((unit) => [unit, unit, 'a', unit, '─']).join('');
    expect(Array.from(real.segment(all))).toHaveLength(all.length);
  });
});

describe('any text', () => {
  it('has the graphemes that Intl finds', () => {
    const check = (any: string): void => {
      expect([...ours.segment(any)]).toEqual([...real.segment(any)]);
    };
    fc.assert(fc.property(text, check), { numRuns: 2_000 });
  });

  it('has the width that string-width finds', () => {
    const check = (any: string, countAnsiEscapeCodes: boolean, ambiguousIsNarrow: boolean): void => {
      const options = { countAnsiEscapeCodes, ambiguousIsNarrow };
      expect(stringWidth(any)).toBe(measure(any));
      expect(stringWidth(any, options)).toBe(measure(any, options));
    };
    fc.assert(fc.property(text, fc.boolean(), fc.boolean(), check), { numRuns: 2_000 });
  });
});

it('leaves words to Intl', () => {
  const options = { granularity: 'word' } as const;
  expect([...new Segmenter('en', options).segment('two words')]).toEqual([
    ...new Intl.Segmenter('en', options).segment('two words'),
  ]);
});
