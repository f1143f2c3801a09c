import { ExpressionError, type BinarySign, type Expression } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

/** From loosest to tightest. */
const LEVELS: readonly (readonly BinarySign[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const WORDS: ReadonlyMap<string, string> = new Map([
  ['or', '||'],
  ['and', '&&'],
  ['not', '!'],
]);
const LITERALS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['nil', null],
  ['null', null],
]);
const DEEPEST = 50;

/** Reads a condition. Throws ExpressionError that says what was expected where. */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;

  function signOf(token: Token): string {
    return token.kind === 'name' ? (WORDS.get(token.text) ?? '') : token.kind === 'sign' ? token.text : '';
  }
  function peek(): Token {
    return tokens[next]!;
  }
  function takes(sign: string): boolean {
    if (signOf(peek()) !== sign) return false;
    next += 1;
    return true;
  }
  function expect(sign: string): void {
    if (!takes(sign)) throw new ExpressionError(`expected "${sign}" at ${peek().at + 1}, found ${peek().text}`);
  }

  function level(index: number): Expression {
    const signs = LEVELS[index];
    if (signs === undefined) return unary();
    let left = level(index + 1);
    for (;;) {
      const sign = signs.find((one) => one === signOf(peek()));
      if (sign === undefined) return left;
      next += 1;
      left = { kind: 'binary', sign, left, right: level(index + 1) };
    }
  }

  function unary(): Expression {
    depth += 1;
    if (depth > DEEPEST) throw new ExpressionError(`nested deeper than ${DEEPEST} levels`);
    const sign = takes('!') ? '!' : takes('-') ? '-' : null;
    const found: Expression = sign === null ? items(primary()) : { kind: 'unary', sign, of: unary() };
    depth -= 1;
    return found;
  }

  function items(of: Expression): Expression {
    if (takes('[')) {
      const at = level(0);
      expect(']');
      return items({ kind: 'item', of, at });
    }
    if (!takes('.')) return of;
    const { kind, text: name, at } = peek();
    if (kind !== 'name') throw new ExpressionError(`expected a name at ${at + 1}, found ${name}`);
    next += 1;
    return items({ kind: 'item', of, at: { kind: 'literal', value: name } });
  }

  function primary(): Expression {
    const token = peek();
    if (takes('(')) {
      const inner = level(0);
      expect(')');
      return inner;
    }
    next += 1;
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind !== 'name' || WORDS.has(token.text)) {
      throw new ExpressionError(`expected a value at ${token.at + 1}, found ${token.text}`);
    }
    const literal = LITERALS.get(token.text);
    if (literal !== undefined) return { kind: 'literal', value: literal };
    return takes('(') ? { kind: 'call', name: token.text, given: list() } : { kind: 'name', name: token.text };
  }

  function list(): readonly Expression[] {
    if (takes(')')) return [];
    const given = [level(0)];
    while (takes(',')) given.push(level(0));
    expect(')');
    return given;
  }

  const whole = level(0);
  if (peek().kind !== 'end') throw new ExpressionError(`${peek().text} at ${peek().at + 1} is too much`);
  return whole;
}
