import { visibleText } from '../core/model/visible.ts';
import { EXIT } from './exit-code.ts';
import type { Frame } from './frame.ts';

const MAX_CHARS = 400;

/** Says why something was not done, and gives the exit code of it. A reason that says so itself is not told twice. */
export function sayRefused({ context }: Frame, why: string): number {
  context.stderr.write(`rollwatch: refused: ${visibleText(why.replace(/^refused: /, ''), MAX_CHARS)}\n`);
  return EXIT.refused;
}
