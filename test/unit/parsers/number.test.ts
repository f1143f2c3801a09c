import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMissing, parseNumber, POWERS_OF_TEN } from '../../../src/parsers/number.ts';

describe('parseNumber', () => {
  it.each(['1', '-1', '+1.5', '.5', '5.', '1e3', '-2.5E-7', ' 12 ', '00012', '123456789012345678901234567890'])(
    'reads %j as Number does',
    (text) => {
      expect(parseNumber(text)).toBe(Number(text));
    },
  );

  it.each(['', ' ', '-', 'NaN', 'nan', 'null', 'NA', 'n/a', 'Inf', '+Inf', '-inf', 'Infinity', '1e999', '-1e999'])(
    'takes %j as missing',
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );

  it.each(['0x10', '1_000', '1,5', '45%', 'abc', '1e', '.', 'e5', '--5', '1 2', '٣'])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  it('equals Number for every double as JavaScript prints it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => parseNumber(`${value}`) === value),
    );
  });
});

describe('isMissing', () => {
  it('tells missing words from values', () => {
    expect(isMissing(' None ')).toBe(true);
    expect(isMissing('0')).toBe(false);
  });
});

describe('POWERS_OF_TEN', () => {
  it('holds the exact powers', () => {
    expect([...POWERS_OF_TEN]).toEqual(Array.from({ length: 23 }, (_, power) => 10 ** power));
  });
});
