/** What a counting thread is started with. */
export interface CountingSetup {
  /** The repository's object folder. */
  readonly objects: string;
}

/** Files to count, given to all threads: each takes the next group until none is left. */
export interface CountingJob {
  readonly number: number;
  /** A line each: what `fileLine` makes of a FileToCount. One text passes to a thread at a small part of the cost. */
  readonly files: string;
  /** Where each group of files begins, and where the last one ends. */
  readonly bounds: readonly number[];
  /** One number: the group that is to be taken next. */
  readonly next: Int32Array<SharedArrayBuffer>;
  /** Lines added and deleted of each file, in order, two numbers each: filled by the threads. */
  readonly counts: Int32Array<SharedArrayBuffer>;
}

/** One changed file: what `git log --raw` says of it, `<mode> <mode> <id> <id>`, and what attributes say. */
export interface FileToCount {
  readonly entry: string;
  readonly rule: PathRule;
}

/** A file as a line of a job; `countFile` reads it. */
export function fileLine({ entry, rule }: FileToCount): string {
  return `${entry} ${rule}`;
}

/** How the lines of a path are counted: by its content, as text, not at all, or by git because a driver is set. */
export type PathRule = 'auto' | 'text' | 'binary' | 'git';

/** A thread's answer: no group of this job is left for it. */
export interface CountingResult {
  readonly number: number;
}

/** In place of a count: the file is binary. */
export const BINARY = -1;
/** In place of a count: only git itself can tell. */
export const LEFT_TO_GIT = -2;
