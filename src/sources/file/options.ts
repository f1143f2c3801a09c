import type { Clock } from '../../ports/clock.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { OffsetStore } from '../../ports/store.ts';
import type { FileReadingLimits } from './context.ts';
import type { HintProvider } from './hints.ts';

/** What the file source is told. Everything but `paths` and `clock` has a default. */
export interface FileSourceOptions {
  /** Folders, patterns and files, as given; what is not there yet is waited for. Folders are read at their top level. */
  readonly paths: readonly string[];
  readonly clock: Clock;
  /** Default: this machine's. */
  readonly fileSystem?: FileSystem;
  /** Null (default) = nothing is kept, every start reads from the beginning. */
  readonly offsets?: OffsetStore | null;
  /** Null = poll only. Default: chokidar. */
  readonly hints?: HintProvider | null;
  /** Reads what is there, with last lines that have no end, and stops by itself. */
  readonly once?: boolean;
  /** Endings of the names taken in folders. */
  readonly extensions?: readonly string[];
  /** Interval of the safety net under the hints. */
  readonly pollMs?: number;
  /** Interval when there are no hints: none asked for, none left, or more files than `hintedFiles`. */
  readonly fastPollMs?: number;
  /** With more files than this, looking at all of them costs less than a hint for every append. */
  readonly hintedFiles?: number;
  /** How often offsets are kept; after a crash, what came since is delivered again. */
  readonly saveMs?: number;
  readonly limits?: Partial<FileReadingLimits>;
}
