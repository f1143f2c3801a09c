import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberScan } from '../../../../src/parsers/csv/number-scan.ts';

function scan(text: string): { value: number; length: number } {
  const numbers = new NumberScan(new TextEncoder().encode(`${text},`));
  const value = numbers.read(0);
  return { value, length: numbers.end };
}

const digits = fc.stringMatching(/^[0-9]{1,25}$/);

it('equals Number for doubles as JavaScript prints them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = `${value}`;
      expect(scan(text)).toEqual({ value: Number(text), length: text.length });
    }),
    { numRuns: 2000 },
  );
});

it('equals Number for decimals of any length, with and without an exponent', () => {
  const exponent = fc.option(fc.integer({ min: -330, max: 330 }), { nil: null });
  fc.assert(
    fc.property(
      fc.boolean(),
      digits,
      fc.option(digits, { nil: null }),
      exponent,
      (negative, whole, fraction, power) => {
        const text = `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`;
        const expected = Number(text);
        expect(scan(text)).toEqual({ value: Number.isFinite(expected) ? expected : Number.NaN, length: text.length });
      },
    ),
    { numRuns: 5000 },
  );
});

it.each([
  ['', 0],
  ['-', 0],
  ['.', 0],
  ['-.', 0],
  ['abc', 0],
  ['1e', 0],
  ['1e+', 0],
  ['12x', 2],
  ['5.', 2],
  ['.5', 2],
  ['-.5e1', 5],
])('stops in %j at %i', (text, length) => {
  expect(scan(text).length).toBe(length);
});
