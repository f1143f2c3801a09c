/** A deployment cannot be announced as asked; `message` says why and what to change. */
export class MarkerError extends Error {
  override readonly name = 'MarkerError';
}
