/** What a counting thread is started with. */
export interface CountingSetup {
  /** The repository's object folder. */
  readonly objects: string;
}

/** Files to count. */
export interface CountingJob {
  readonly number: number;
  readonly files: readonly FileToCount[];
}

/** One changed file: what `git log --raw` says of it, `<mode> <mode> <id> <id>`, and what attributes say. */
export interface FileToCount {
  readonly entry: string;
  readonly rule: PathRule;
}

/** How the lines of a path are counted: by its content, as text, not at all, or by git because a driver is set. */
export type PathRule = 'auto' | 'text' | 'binary' | 'git';

/** Lines added and deleted of each file, in order, two numbers each. */
export interface CountingResult {
  readonly number: number;
  readonly counts: Int32Array<ArrayBuffer>;
}

/** In place of a count: the file is binary. */
export const BINARY = -1;
/** In place of a count: only git itself can tell. */
export const LEFT_TO_GIT = -2;
