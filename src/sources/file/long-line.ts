import type { ParseIssue } from '../../core/model/sample.ts';
import type { OpenFile } from '../../ports/file-system.ts';
import type { Stretch } from './stretch.ts';

const EXCERPT_CHARACTERS = 120;

/** The issue for a line that begins at the offset and is longer than `maxLineBytes`. */
export function longLineIssue(stretch: Stretch, file: OpenFile, path: string, maxLineBytes: number): ParseIssue {
  const bytes = new Uint8Array(EXCERPT_CHARACTERS);
  const got = file.read(bytes, 0, bytes.length, stretch.offsetBytes);
  return {
    path,
    offsetBytes: stretch.offsetBytes,
    code: 'line-too-long',
    message: `expected lines of at most ${maxLineBytes} bytes, found one that is longer; it is skipped`,
    excerpt: visible(new TextDecoder().decode(bytes.subarray(0, got))),
  };
}

/** Control characters as the symbols that stand for them, so that an excerpt cannot steer a terminal. */
function visible(text: string): string {
  let out = '';
  for (const character of text.slice(0, EXCERPT_CHARACTERS)) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) out += String.fromCodePoint(0x2400 + code);
    else if (code === 0x7f) out += '\u2421';
    else if (code >= 0x80 && code < 0xa0) out += '\ufffd';
    else out += character;
  }
  return out;
}
