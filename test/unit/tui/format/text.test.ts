import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, fit, graphemes, visible, width, wrap } from '../../../../src/tui/format/text.ts';

describe('visible', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a\u001b[31mb', 'a\\x1b[31mb'],
    ['a\nb\tc\u0000', 'a\\x0ab\\x09c\\x00'],
    ['a\u009bb', 'a\\x9bb'],
    ['a\u202eb', 'a\\u202eb'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['own mark \ue000', 'own mark \\ue000'],
    ['naïve 订单 ✔', 'naïve 订单 ✔'],
  ])('writes %j as %j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it('leaves nothing a terminal would act on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\ue000-\uf8ff]/);
      }),
    );
  });
});

describe('fit', () => {
  it.each([
    ['checkout', 10, 'left', 'checkout  '],
    ['checkout', 10, 'right', '  checkout'],
    ['checkout', 5, 'left', 'chec…'],
    ['订单服务', 5, 'left', '订单…'],
    ['订单服务', 4, 'left', '订… '],
    ['x', 0, 'left', ''],
  ] as const)('%j in %i columns, %s', (text, columns, align, expected) => {
    expect(fit(text, columns, align)).toBe(expected);
  });

  it('always takes exactly its columns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(width(fit(visible(text), columns))).toBe(columns);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at spaces, and inside a word only where it must', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
    expect(wrap('/a/very/long/path x', 8)).toEqual(['/a/very/', 'long/pat', 'h x']);
  });

  it('loses nothing and never is too wide', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '订', '-'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 2, max: 30 }), (words, columns) => {
        const lines = wrap(words.join(' '), columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

it('counts characters as people do', () => {
  expect(graphemes('e\u0301👨‍👩‍👧x')).toHaveLength(3);
  expect(cut('👨‍👩‍👧abc', 3)).toBe('👨‍👩‍👧…');
});
