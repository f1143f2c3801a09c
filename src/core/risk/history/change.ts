/** One file of a change. Paths are as git prints them (unusual characters quoted). */
export interface ChangedFile {
  /** A, D, M, R or T. */
  readonly status: string;
  readonly oldPath: string;
  readonly newPath: string;
  /** Lines; null for a binary file. */
  readonly added: number | null;
  readonly deleted: number | null;
}

/** One commit that is not a merge, as it reached the branch. */
export interface Change {
  readonly hash: string;
  /** Unix seconds. */
  readonly authoredAtS: number;
  /** When the branch received it: Unix seconds on the first-parent chain. */
  readonly landedAtS: number;
  /** E-mail addresses in lower case. */
  readonly author: string;
  readonly committer: string;
  /** The author's zone, seconds east of UTC. */
  readonly zoneOffsetS: number;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly ChangedFile[];
}
