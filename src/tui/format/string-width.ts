import measure, { type Options } from 'string-width';
import { isPlain } from './segmenter.ts';

// eslint-disable-next-line no-control-regex
const STYLES = /\x1b\[[\d;]*m/g;

/**
 * Columns a text takes in a terminal, colours not counted: string-width, without its tables and patterns where each
 * character is one column. The bundle gives it to Ink and what Ink is made of.
 */
export default function stringWidth(text: string, options?: Options): number {
  // What is ambiguous is narrow unless asked for otherwise.
  if (options?.ambiguousIsNarrow === false) return measure(text, options);
  if (isPlain(text)) return text.length;
  if (options?.countAnsiEscapeCodes !== true && text.includes('\x1b[')) {
    const bare = text.replace(STYLES, '');
    if (isPlain(bare)) return bare.length;
  }
  return measure(text, options);
}
