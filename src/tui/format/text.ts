import { Segmenter } from './segmenter.ts';
import stringWidth from './string-width.ts';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
// Control characters, bidirectional and zero-width marks, private use (the table uses it itself), lone surrogates.
const HIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ue000-\uf8ff\ud800-\udfff]/gu;
const segmenter = new Segmenter('en', { granularity: 'grapheme' });

/** Makes what a terminal would act on, or not show, readable: ESC becomes `\x1b`. Names and output are data. */
export function visible(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** What a person calls the characters of a text. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns a text takes in the terminal; wide characters count two. */
export function width(text: string): number {
  return stringWidth(text);
}

/** The longest beginning that fits into `columns`, ending with `…` where something was cut. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (width(text) <= columns) return text;
  let used = 0;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    const next = width(segment);
    if (used + next > columns - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Cuts or fills a text to exactly `columns`. */
export function fit(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const short = cut(text, columns);
  const fill = ' '.repeat(Math.max(0, columns - width(short)));
  return align === 'left' ? short + fill : fill + short;
}

/** Breaks a text into lines of at most `columns`, at spaces where it can; nothing is lost. `columns` ≥ 2. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (width(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = chop(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  lines.push(line);
  return lines;
}

function chop(word: string, columns: number): string[] {
  if (width(word) <= columns) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of segmenter.segment(word)) {
    if (width(piece + segment) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  pieces.push(piece);
  return pieces;
}
