import type { Line } from '../format/line.ts';
import { cutLine, fitLine, lineWidth, span } from '../format/line.ts';
import type { Tone } from '../theme.ts';

/** Puts lines into a box of `columns`, with a title in its upper edge. */
export function framed(title: Line, lines: readonly Line[], columns: number, tone: Tone): readonly Line[] {
  const inner = columns - 4;
  const head = cutLine(title, inner - 2);
  const dash = Math.max(0, columns - lineWidth(head) - 5);
  return [
    [span('┌─ ', tone), ...head, span(` ${'─'.repeat(dash)}┐`, tone)],
    ...lines.map((line): Line => [span('│ ', tone), ...fitLine(line, inner), span(' │', tone)]),
    [span(`└${'─'.repeat(columns - 2)}┘`, tone)],
  ];
}
