/** One sample line of the exposition format. */
export interface ExpositionSample {
  readonly name: string;
  /** In the order written. */
  readonly labels: readonly (readonly [string, string])[];
  readonly value: string;
  /** As written; empty when there is none. */
  readonly timestamp: string;
}

const NAME = /[a-zA-Z_:][\w:]*/y;
const LABEL = /\s*(?:([a-zA-Z_]\w*)|"((?:[^"\\]|\\.)*)")\s*(?:=\s*"((?:[^"\\]|\\.)*)"\s*)?(?:,\s*|(?=\}))/y;
const REST = /^\s+(\S+)(?:\s+(\S+))?\s*(?:#.*)?$/;

/**
 * Reads `name{label="value",…} value [timestamp]`, the name also quoted inside the braces (`{"a.b",x="y"}`), an exemplar behind `#`
 * ignored. Null when the line is none.
 */
export function readSample(line: string): ExpositionSample | null {
  const text = line.trimStart();
  NAME.lastIndex = 0;
  const bare = NAME.exec(text)?.[0] ?? '';
  const brace = /^\s*\{\s*/.exec(text.slice(bare.length));
  const braces = brace === null ? null : readBraces(text, bare.length + brace[0].length);
  if (brace !== null && braces === null) return null;
  if (bare !== '' && braces !== null && braces.quotedName !== null) return null;
  const name = bare === '' ? (braces?.quotedName ?? '') : bare;
  // The blank before the value may be left out behind a brace.
  const rest = REST.exec(braces === null ? text.slice(bare.length) : ` ${text.slice(braces.end)}`);
  if (name === '' || rest === null) return null;
  return { name, labels: braces?.labels ?? [], value: rest[1]!, timestamp: rest[2] ?? '' };
}

interface Braces {
  readonly labels: readonly (readonly [string, string])[];
  readonly quotedName: string | null;
  /** Behind the closing brace. */
  readonly end: number;
}

function readBraces(text: string, from: number): Braces | null {
  const labels: [string, string][] = [];
  let quotedName: string | null = null;
  let at = from;
  while (text[at] !== '}') {
    LABEL.lastIndex = at;
    const label = LABEL.exec(text);
    if (label === null) return null;
    const [whole, plain, quoted, value] = label;
    if (value !== undefined) labels.push([plain ?? unescape(quoted ?? ''), unescape(value)]);
    else if (quoted !== undefined && quotedName === null) quotedName = unescape(quoted);
    else return null;
    at += whole.length;
  }
  return { labels, quotedName, end: at + 1 };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
}
