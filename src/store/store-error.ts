/**
 * `refused`: the place or the request is not acceptable; `locked`: another process holds the database too long;
 * `full`: no space; `corrupt`: not readable as a database; `newer`: written by a later rollwatch; `io`: anything else.
 */
export type StoreFailure = 'refused' | 'locked' | 'full' | 'corrupt' | 'newer' | 'io';

/** The state could not be read or written; `message` names the place, what is wrong and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly failure: StoreFailure;

  constructor(failure: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
