import type { CliContext } from './context.ts';

const EVERY_MS = 200;

/** Shows on a terminal's stderr how far something is; says nothing elsewhere. `done` clears the line. */
export function progressLine(
  context: CliContext,
  what: string,
): { readonly update: (done: number, all: number) => void; readonly done: () => void } {
  const { stderr, clock } = context;
  let shownMs = -Infinity;
  let shown = false;
  return {
    update: (done, all) => {
      if (!stderr.isTTY || clock.monotonicMs() - shownMs < EVERY_MS) return;
      shownMs = clock.monotonicMs();
      shown = true;
      stderr.write(`\r${what} ${done} of ${all} (${Math.floor((100 * done) / Math.max(all, 1))} %)`);
    },
    done: () => {
      if (shown) stderr.write('\r\x1b[K');
    },
  };
}
