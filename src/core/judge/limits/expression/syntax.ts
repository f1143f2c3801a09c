/** What a condition works on and gives. */
export type Value = number | string | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A condition, read. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: 'item'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'unary'; readonly sign: '!' | '-'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly sign: BinarySign; readonly left: Expression; readonly right: Expression };

export type BinarySign = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** A condition that cannot be read or worked out; `message` says where or why. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}
