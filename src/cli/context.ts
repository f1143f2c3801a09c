import type { WatchContext } from '../app/watch/options.ts';

/** All a command needs of the process it runs in; main gives the real one. */
export interface CliContext extends WatchContext {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
}
