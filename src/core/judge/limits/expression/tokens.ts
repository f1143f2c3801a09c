import { ExpressionError } from './syntax.ts';

/** One sign, number, text or name of a condition, and where it begins. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const MOST_CHARACTERS = 2000;
const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|"([^"\\]*)"|'([^'\\]*)'|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|[-+*/%<>!()[\],.]))/y;

/** Cuts a condition into tokens, `end` last. Throws ExpressionError for a sign there is not, or too long a text. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > MOST_CHARACTERS) throw new ExpressionError(`longer than ${MOST_CHARACTERS} characters`);
  const tokens: Token[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new ExpressionError(`"${text.slice(at).trim().slice(0, 10)}" at ${at + 1} is not understood`);
    const [whole, number, double, single, name, sign] = match;
    const begin = at + whole.length - whole.trimStart().length;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at: begin });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at: begin });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at: begin });
    else tokens.push({ kind: 'text', text: double ?? single ?? '', at: begin });
    at += whole.length;
  }
  tokens.push({ kind: 'end', text: 'the end', at: end });
  return tokens;
}
