/** What is wrong with a model, a data set or a feature vector. */
export type RiskErrorCode =
  | 'not-a-model'
  | 'other-version'
  | 'corrupted'
  | 'feature-mismatch'
  | 'bad-value'
  | 'one-class'
  | 'too-few-rows'
  | 'bad-setting';

/** The risk model cannot answer; `message` names what was expected and what was found. */
export class RiskError extends Error {
  override readonly name = 'RiskError';
  readonly code: RiskErrorCode;

  constructor(code: RiskErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
