import { FUNCTIONS, wordOf } from './functions.ts';
import { parseExpression } from './parse.ts';
import { ExpressionError, type BinarySign, type Expression, type Value } from './syntax.ts';

const NUMBER_SIGNS: Readonly<Partial<Record<BinarySign, (a: number, b: number) => Value>>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/**
 * Works a condition out over `result`: `||`, `&&`, `!`, comparison, arithmetic, `result[0]`, `result.name` and the
 * functions of `functions.ts`. No loops, no assignment, nothing of the process around it can be reached. NaN compares
 * as false, as everywhere. `||` and `&&` look at the right side only when they need it.
 *
 * @throws ExpressionError for an unknown name, a type that does not fit (nil < 1), or a place a list has not got
 */
export function evaluate(text: string, result: Value): Value {
  return work(parseExpression(text), result);
}

function work(expression: Expression, result: Value): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      if (expression.name === 'result') return result;
      throw new ExpressionError(`unknown name ${expression.name}; there is only result`);
    case 'call':
      return call(expression.name, expression.given, result);
    case 'item':
      return itemOf(work(expression.of, result), work(expression.at, result));
    case 'unary':
      return expression.sign === '!' ? !truth(work(expression.of, result)) : -number(work(expression.of, result));
    case 'binary':
      return binary(expression.sign, expression.left, expression.right, result);
  }
}

function binary(sign: BinarySign, left: Expression, right: Expression, result: Value): Value {
  const a = work(left, result);
  if (sign === '||') return truth(a) || truth(work(right, result));
  if (sign === '&&') return truth(a) && truth(work(right, result));
  const b = work(right, result);
  if (sign === '==') return same(a, b);
  if (sign === '!=') return !same(a, b);
  if (typeof a === 'string' && typeof b === 'string') return texts(sign, a, b);
  return numbers(sign, number(a), number(b));
}

function numbers(sign: BinarySign, a: number, b: number): Value {
  const found = NUMBER_SIGNS[sign];
  if (found === undefined) throw new ExpressionError(`${sign} is not for numbers`);
  return found(a, b);
}

function texts(sign: BinarySign, a: string, b: string): Value {
  if (sign === '+') return a + b;
  if (sign === '<' || sign === '<=' || sign === '>' || sign === '>=')
    return numbers(sign, a < b ? -1 : a > b ? 1 : 0, 0);
  throw new ExpressionError(`${sign} is not for texts`);
}

function call(name: string, given: readonly Expression[], result: Value): Value {
  const found = FUNCTIONS.get(name);
  if (found === undefined)
    throw new ExpressionError(`unknown function ${name}; there are ${[...FUNCTIONS.keys()].join(', ')}`);
  if (given.length !== found.takes) throw new ExpressionError(`${name} takes ${found.takes}, not ${given.length}`);
  const [first = null, second = null] = given.map((one) => work(one, result));
  return found.of(first, second);
}

function itemOf(of: Value, at: Value): Value {
  if (Array.isArray(of) && typeof at === 'number') {
    const found: Value | undefined = of[at < 0 ? of.length + at : at];
    if (found === undefined) throw new ExpressionError(`there is no item ${at} in a list of ${of.length}`);
    return found;
  }
  if (typeof of === 'object' && of !== null && !Array.isArray(of) && typeof at === 'string') {
    return Object.hasOwn(of, at) ? (of as Readonly<Record<string, Value>>)[at]! : null;
  }
  throw new ExpressionError(`${wordOf(of)} has no item ${wordOf(at)}`);
}

function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  return a === b;
}

function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`${wordOf(value)} is neither true nor false`);
}

function number(value: Value): number {
  if (typeof value === 'number') return value;
  throw new ExpressionError(`${wordOf(value)} is not a number`);
}
