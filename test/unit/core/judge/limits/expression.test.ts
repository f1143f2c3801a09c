import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../src/core/judge/limits/expression/evaluate.ts';
import { ExpressionError, type Value } from '../../../../../src/core/judge/limits/expression/syntax.ts';

describe('evaluate', () => {
  it.each<[string, Value, Value]>([
    ['1 + 2 * 3 - 4 / 2', null, 5],
    ['(1 + 2) * 3 % 4', null, 1],
    ['-result + 1', 4, -3],
    ['!(result > 3) || result == 5', 5, true],
    ['not (result > 3) or false', 5, false],
    ['result[0] >= 0.95 and result[1] < 1', [0.99, 0.5], true],
    ['result[-1]', [1, 2], 2],
    ['result.errors / result["total"] < 0.05', { errors: 1, total: 100 }, true],
    ['isNil(result.missing)', {}, true],
    ['asInt("12") + asFloat("0.5")', null, 12.5],
    ['asInt(2.9)', null, 2],
    ["result == 'ok'", 'ok', true],
    ['"a" < "b"', null, true],
    ['result != nil && len(result) == 2', [1, 2], true],
    ['len(result)', 'four', 4],
    ['default(result, 1e3)', null, 1000],
    ['isInf(-result)', Number.POSITIVE_INFINITY, true],
    ['true || unknown', null, true],
    ['1.5e2 == 150', null, true],
  ])('%s of %j is %j', (text, result, expected) => expect(evaluate(text, result)).toEqual(expected));

  it.each<[string, Value, RegExp]>([
    ['result < 1', null, /nil is not a number/],
    ['unknown == 1', 1, /unknown name unknown/],
    ['shell("rm")', 1, /unknown function shell; there are isNaN/],
    ['constructor', 1, /unknown name constructor/],
    ['result.constructor.constructor', {}, /nil has no item "constructor"/],
    ['result[3]', [1], /no item 3 in a list of 1/],
    ['result && true', 1, /1 is neither true nor false/],
    ['len(result)', 7, /7 has no length/],
    ['asInt("x")', 1, /"x" is not a number/],
    ['isNaN()', 1, /isNaN takes 1, not 0/],
    ['1 +', 1, /expected a value at 4, found the end/],
    ['(1', 1, /expected "\)" at 3, found the end/],
    ['1 2', 1, /2 at 3 is too much/],
    ['result = 1', 1, /"= 1" at 7 is not understood/],
    ['"a" * 2', 1, /"a" is not a number/],
    ['('.repeat(60), 1, /nested deeper than 50/],
    ['1'.repeat(3000), 1, /longer than 2000/],
  ])('%s of %j is refused', (text, result, message) => {
    expect(() => evaluate(text, result)).toThrow(message);
    expect(() => evaluate(text, result)).toThrow(ExpressionError);
  });

  it('either gives a value or says why not, whatever it is given', () => {
    const piece = fc.constantFrom(
      'result',
      '1',
      '(',
      ')',
      '[',
      ']',
      '<',
      '&&',
      '||',
      '!',
      '-',
      'len',
      '.',
      'a',
      ',',
      '"x"',
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.jsonValue(), (pieces, result) => {
        try {
          evaluate(pieces.join(' '), result as Value);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });
});
