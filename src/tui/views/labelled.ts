import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import type { Tone } from '../theme.ts';

/** Columns of the labels in front of what a dialog says, without the blank behind them. */
export const LABEL_COLUMNS = 10;

/** A text of a dialog behind its label, wrapped to `columns` in all; nothing is cut. */
export function labelled(label: string, text: string, columns: number, tone: Tone = 'plain', bold = false): Line[] {
  return wrap(visible(text), columns - LABEL_COLUMNS - 1).map((line, index) => [
    span(
      (index === 0 ? label : '').padEnd(LABEL_COLUMNS + 1),
      index === 0 && tone !== 'plain' ? tone : 'muted',
      tone !== 'plain',
    ),
    span(line, tone, bold),
  ]);
}
