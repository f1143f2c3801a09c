import type { Line } from '../format/line.ts';
import { cutLine, rule } from '../format/line.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** A plain page: title, lines, footer, with rules between them where there is room. */
export function pageFrame(
  size: { readonly columns: number; readonly rows: number },
  title: Line,
  lines: readonly Line[],
  footer: Line,
): Frame {
  const rules = size.rows >= 14 ? [rule(size.columns)] : [];
  const height = size.rows - 2 - 2 * rules.length;
  const body = lines.slice(0, height).map((line) => cutLine(line, size.columns));
  return plainFrame(size, [cutLine(title, size.columns), ...rules, ...body], [...rules, footer]);
}
