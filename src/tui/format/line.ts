import type { Tone } from '../theme.ts';
import { cut, width } from './text.ts';

/** A run of text in one style. `text` holds no control characters. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/** One line of the screen, from left to right. */
export type Line = readonly Span[];

/** A span in one call: `span('failed', 'bad')`. */
export function span(text: string, tone: Tone = 'plain', bold = false): Span {
  return bold ? { text, tone, bold } : { text, tone };
}

/** Columns a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + width(part.text), 0);
}

/** The text of a line without its styles. */
export function plainText(line: Line): string {
  return line.map((part) => part.text).join('');
}

/** Cuts a line to at most `columns`, with `…` where something is missing. */
export function cutLine(line: Line, columns: number): Line {
  if (lineWidth(line) <= columns) return line;
  const kept: Span[] = [];
  let left = columns;
  for (const part of line) {
    const partWidth = width(part.text);
    if (partWidth < left) {
      kept.push(part);
      left -= partWidth;
      continue;
    }
    // One column more than there is, so that the cut always shows, even where this part itself would just fit.
    const shown = partWidth === left ? cut(`${part.text} `, left) : cut(part.text, left);
    if (shown !== '') kept.push({ ...part, text: shown });
    break;
  }
  return kept;
}

/** Cuts or fills a line to exactly `columns`. */
export function fitLine(line: Line, columns: number): Line {
  const short = cutLine(line, columns);
  const missing = columns - lineWidth(short);
  return missing > 0 ? [...short, { text: ' '.repeat(missing) }] : short;
}

/** Puts one line at the left and one at the right edge; the left one is cut where both do not fit. */
export function spread(left: Line, right: Line, columns: number): Line {
  const room = columns - lineWidth(right);
  if (room < 12) return fitLine(left, columns);
  return [...fitLine(left, room - 1), { text: ' ' }, ...right];
}

/** Joins parts with a separator between them. */
export function join(parts: readonly Line[], separator: Span): Line {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

/** A line across the screen. */
export function rule(columns: number): Line {
  return [span('─'.repeat(Math.max(0, columns)), 'muted')];
}

/** Whether two lines look the same. */
export function isSameLine(a: Line, b: Line): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((part, index) => isSameSpan(part, b[index]));
}

function isSameSpan(a: Span, b: Span | undefined): boolean {
  return b !== undefined && a.text === b.text && a.tone === b.tone && a.bold === b.bold && a.inverse === b.inverse;
}
