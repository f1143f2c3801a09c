import chalk, { type ChalkInstance } from 'chalk';
import { TONE_COLOURS, toAscii } from '../theme.ts';
import type { Line, Span } from './line.ts';

/** What turns text into styled text; making one costs more than using it. */
const brushes = new Map<string, ChalkInstance>();

/** A line as one text with its styles as escape sequences, as many as the terminal's colours allow. */
export function painted(line: Line, isAscii: boolean): string {
  let text = '';
  for (const part of line) {
    const shown = isAscii ? toAscii(part.text) : part.text;
    text += isUnstyled(part) || isUnseen(part, shown) ? shown : brush(part)(shown);
  }
  return text;
}

function isUnstyled({ tone = 'plain', bold, inverse }: Span): boolean {
  return tone === 'plain' && bold !== true && inverse !== true;
}

/** Blanks have no colour: painting them costs bytes on the line and time in every layer below. */
function isUnseen({ inverse }: Span, shown: string): boolean {
  return inverse !== true && shown.trim() === '';
}

function brush({ tone = 'plain', bold = false, inverse = false }: Span): ChalkInstance {
  const key = `${tone} ${bold} ${inverse}`;
  const kept = brushes.get(key);
  if (kept !== undefined) return kept;
  const colour = TONE_COLOURS[tone];
  let made: ChalkInstance = chalk;
  if (inverse) made = made.inverse;
  if (bold) made = made.bold;
  if (colour !== undefined) made = made.hex(colour);
  brushes.set(key, made);
  return made;
}
