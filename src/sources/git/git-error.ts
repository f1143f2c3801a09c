/** A repository cannot be read; `message` says which one, what was asked and what git answered. */
export class GitError extends Error {
  override readonly name = 'GitError';
}
