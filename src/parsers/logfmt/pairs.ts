import type { Bad } from '../line-reading.ts';
import type { RecordFields } from '../record.ts';

const KEY = /[^\s="]+/y;
const BARE = /[^\s"]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const BLANKS = /\s*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * The pairs of a logfmt line. A key without `=` stands for a flag and is left out, `key=` is empty (missing); of a repeated key the
 * last wins. A quote that is not closed, or one in the middle of a value, is bad; so is a line without any pair.
 */
export function readPairs(line: string): RecordFields | Bad {
  const fields = new Map<string, string>();
  let at = skip(BLANKS, line, 0);
  while (at < line.length) {
    const key = match(KEY, line, at);
    if (key === null) return bad('bad-syntax', 'expected key=value pairs', at);
    at += key[0].length;
    if (line[at] === '=') {
      const quoted = line[at + 1] === '"';
      const value = match(quoted ? QUOTED : BARE, line, at + 1);
      if (value === null) return bad('bad-quote', 'expected the quoted value to end in its line', at + 1);
      at += 1 + value[0].length;
      fields.set(key[0], quoted ? unescape(value[1]!) : value[0]);
    }
    const next = skip(BLANKS, line, at);
    if (next === at && at < line.length) return bad('bad-quote', 'expected a blank between pairs', at);
    at = next;
  }
  return fields.size === 0 ? bad('bad-syntax', 'expected key=value pairs', 0) : fields;
}

function bad(code: 'bad-syntax' | 'bad-quote', expected: string, at: number): Bad {
  return { code, message: `${expected}, found something else at character ${at + 1}` };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
}

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function skip(pattern: RegExp, line: string, at: number): number {
  return at + (match(pattern, line, at)?.[0].length ?? 0);
}
