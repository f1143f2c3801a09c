/** A pipeline cannot be assessed; `message` names what was expected and what was found. */
export class AssessError extends Error {
  override readonly name = 'AssessError';
}
