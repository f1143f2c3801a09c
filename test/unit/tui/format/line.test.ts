import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutLine, fitLine, join, lineWidth, plainText, span, spread } from '../../../../src/tui/format/line.ts';

const line = [span('abc', 'bad'), span('def')];

it.each([
  [6, 'abcdef'],
  [5, 'abcd…'],
  [3, 'ab…'],
  [1, '…'],
])('cuts to %i columns and shows that it did', (columns, text) => {
  expect(plainText(cutLine(line, columns))).toBe(text);
});

it('fits any line into any width', () => {
  const spans = fc.array(
    fc.string({ unit: fc.constantFrom('a', '订', '·'), minLength: 1, maxLength: 9 }).map((text) => span(text)),
  );
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 40 }), (parts, columns) => {
      expect(lineWidth(fitLine(parts, columns))).toBe(columns);
    }),
  );
});

it('gives the right side up where there is no room for both', () => {
  expect(plainText(spread([span('left')], [span('right')], 20))).toBe('left           right');
  expect(plainText(spread([span('left')], [span('right')], 10))).toBe('left      ');
});

it('joins with a separator between', () => {
  expect(plainText(join([[span('a')], [span('b')]], span(' · ')))).toBe('a · b');
});
