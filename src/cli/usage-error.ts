/** The operator asked for something that cannot be: exit code 2; `message` says what was expected, found and can be done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
