import { ExpressionError, type Value } from './syntax.ts';

/** A function of conditions by its name, with the number of values it takes. */
interface ConditionFunction {
  readonly takes: number;
  readonly of: (first: Value, second: Value) => Value;
}

/** The functions of Argo's conditions. */
export const FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map<string, ConditionFunction>([
  ['isNaN', { takes: 1, of: (value) => Number.isNaN(numberOf(value)) }],
  ['isInf', { takes: 1, of: (value) => Math.abs(numberOf(value)) === Number.POSITIVE_INFINITY }],
  ['isNil', { takes: 1, of: (value) => value === null }],
  ['len', { takes: 1, of: lengthOf }],
  ['default', { takes: 2, of: (value, instead) => value ?? instead }],
  ['asInt', { takes: 1, of: (value) => whole(value) }],
  ['asFloat', { takes: 1, of: (value) => float(value) }],
]);

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  throw new ExpressionError(`${wordOf(value)} is not a number`);
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  throw new ExpressionError(`${wordOf(value)} has no length`);
}

function whole(value: Value): number {
  const number = Math.trunc(float(value));
  if (Number.isFinite(number)) return number;
  throw new ExpressionError(`${wordOf(value)} is not a whole number`);
}

function float(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value.trim()))
    return Number(value);
  throw new ExpressionError(`${wordOf(value)} is not a number`);
}

/** A value for a message. */
export function wordOf(value: Value): string {
  if (value === null) return 'nil';
  return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : JSON.stringify(value);
}
