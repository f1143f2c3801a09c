/** What to do: nothing, ask a person, roll back, or refuse to with a reason. */
export type DecisionKind = 'hold' | 'ask' | 'rollback' | 'refuse';

/** How much rollwatch may do by itself in an environment. */
export type Mode = 'observe' | 'ask' | 'auto';

export type PolicyName = 'seed' | 'guarded';

/** Why a decision is what it is. Words are made from it in one place. */
export type DecisionReason =
  | 'healthy'
  | 'not-yet'
  | 'no-deployment'
  | 'no-data'
  | 'not-live'
  | 'bad-before'
  | 'at-peers'
  | 'shared-cause'
  | 'blame-doubtful'
  | 'anomaly'
  | 'predicted'
  | 'risk-high'
  | 'risk-high-and-anomaly'
  | 'human-asked'
  | 'human-decided'
  | 'observe-only'
  | 'no-rollback-configured'
  | 'no-previous-version'
  | 'previous-was-bad'
  | 'previous-not-last-healthy'
  | 'is-a-rollback'
  | 'cooldown'
  | 'budget'
  | 'frozen'
  | 'act-in-flight'
  | 'halted'
  | 'untrusted-config'
  | 'environment-undeclared'
  | 'no-version-reader'
  | 'state-lost'
  | 'lease-not-shared'
  | 'proposal-expired'
  | 'strategy-open'
  | 'not-undone'
  | 'not-looked-at'
  | 'external-rollback'
  | 'silenced'
  | 'outside-hours';

/** What to do about a verdict, and why. Pure function of verdict, risk, policy, history and now. */
export interface Decision {
  readonly pipeline: string;
  readonly deploymentId: string | null;
  readonly atMs: number;
  readonly kind: DecisionKind;
  readonly reason: DecisionReason;
  /** One short sentence for the operator. */
  readonly text: string;
  /** Until when a refusal or a hold stands, where that is known. */
  readonly untilMs: number | null;
  readonly policy: PolicyName;
  readonly mode: Mode;
  /** Guard rails that would bind `auto` and that a named person may override, with the reason each gives. */
  readonly overridable: readonly DecisionReason[];
}
