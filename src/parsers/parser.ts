import type { ParseIssue, RawBlock, RowBatch } from '../core/model/sample.ts';

/** What a parser is told besides the bytes. */
export interface ParseOptions {
  /** How far local time is ahead of UTC, in minutes, for timestamps that name no zone; 0 = UTC. */
  readonly defaultZoneOffsetMinutes: number;
  /** Arrival time of the block: stands in for the timestamp only in formats where it is optional. */
  readonly nowMs: number;
  /** At most so many issues are described per block; every bad line is counted all the same. */
  readonly maxIssues: number;
}

/** What became of the lines of a block: `read = data + bad + other`. */
export interface LineCount {
  readonly read: number;
  /** Gave samples. */
  readonly data: number;
  /** Could not be read. */
  readonly bad: number;
  /** Blank, comments, headers, log lines without a number. */
  readonly other: number;
}

/** What a block gave. `state` is the same object as before when nothing in it changed. */
export interface ParseResult<S> {
  readonly state: S;
  readonly batches: readonly RowBatch[];
  /** In the order of the file; at most `maxIssues`. */
  readonly issues: readonly ParseIssue[];
  readonly lines: LineCount;
}

/**
 * A text format: bytes of complete lines to rows. Pure, never throws; the state is plain JSON, so that a reading that was
 * interrupted goes on where it stopped. Any cut of a file into blocks of whole lines gives the same samples and issues.
 */
export interface Format<S> {
  readonly name: string;
  /** One sentence for help and docs. */
  readonly text: string;
  /** Endings of file names that are usual for it, with the dot. */
  readonly extensions: readonly string[];
  /** How likely `head` (complete first lines, possibly none) is this format: 0 = no, 1 = certainly. */
  sniff(head: Uint8Array): number;
  init(): S;
  /** The state from its JSON; null when it is not one of this format. */
  restore(saved: unknown): S | null;
  parse(state: S, block: RawBlock, options: ParseOptions): ParseResult<S>;
}

/** UTC, arrival at 0, 20 described issues per block. */
export const DEFAULT_PARSE_OPTIONS: ParseOptions = { defaultZoneOffsetMinutes: 0, nowMs: 0, maxIssues: 20 };
