import type { Clock } from '../../ports/clock.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { SourceSink } from '../../ports/metric-source.ts';
import type { OffsetStore } from '../../ports/store.ts';
import type { Handles } from './handles.ts';
import type { LineReader } from './line-reader.ts';
import type { Siblings } from './siblings.ts';

/** Limits and times of reading files. All have defaults. */
export interface FileReadingLimits {
  /** Largest block handed on. */
  readonly blockBytes: number;
  /** A line longer than this is skipped as an issue `line-too-long`; never below `blockBytes`. */
  readonly maxLineBytes: number;
  /** How many files are held open at most. */
  readonly maxOpenFiles: number;
  /** How much of the end of a large file is read when it is met for the first time. */
  readonly backfillBytes: number;
  /** Which files are large. */
  readonly isLarge: (path: string, sizeBytes: number) => boolean;
  /** A file that has not grown since it was found and is this old is a recording: its last line needs no end. */
  readonly restMs: number;
  /** How long a missing file may come back as its own rotation before it counts as gone. */
  readonly goneMs: number;
  /** How long a file that was rotated away is still watched for late lines, counted from the last one. */
  readonly lateMs: number;
  /** Blocks read from one file before the others have their turn. */
  readonly blocksPerTurn: number;
}

/** What reading a file needs from around it. */
export interface ReadingContext {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly sink: SourceSink;
  readonly offsets: OffsetStore | null;
  readonly limits: FileReadingLimits;
  readonly siblings: Siblings;
  readonly handles: Handles;
  readonly reader: LineReader;
}

/** Limits that suit logs of a service: 256 KiB blocks, lines up to 1 MiB, the last 32 MiB of files above 256 MiB. */
export const DEFAULT_LIMITS: FileReadingLimits = {
  blockBytes: 256 * 1024,
  maxLineBytes: 1024 * 1024,
  maxOpenFiles: 512,
  backfillBytes: 32 * 1024 * 1024,
  isLarge: (_path, sizeBytes) => sizeBytes > 256 * 1024 * 1024,
  restMs: 10 * 60_000,
  goneMs: 2_000,
  lateMs: 10_000,
  blocksPerTurn: 8,
};
