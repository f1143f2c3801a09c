import type { KnownVersion } from './version-choice.ts';

/** Kinds of what a rollback leaves as it is; a policy blocks or ignores by these names. */
export const LEFT_KINDS = [
  'migrations',
  'configuration',
  'drift',
  'self-heal',
  'newer-deployment',
  'skew',
  'hook',
] as const;

export type LeftKind = (typeof LEFT_KINDS)[number];

/** Something a rollback will not undo, or that will undo the rollback. */
export interface LeftBehind {
  readonly kind: LeftKind;
  /** A sentence for the operator. */
  readonly text: string;
  /** Who found it says that it must block, whatever the policy. */
  readonly blocks?: true;
}

/** A rollback rollwatch did not make. */
export interface ExternalRollback {
  /** What made it: `swarm update-failure-action`, `ecs circuit breaker`, `argo rollouts abort`. */
  readonly by: string;
  readonly toVersion: string | null;
  readonly atMs: number | null;
  readonly inProgress: boolean;
  readonly text: string;
}

/** What is to be found out before anybody says yes to going back from a deployment to a version. */
export interface Inquiry {
  readonly pipeline: string;
  readonly environment: string | null;
  readonly deploymentId: string;
  readonly fromVersion: string;
  /** Null while no earlier version is known: the platform may know one. */
  readonly toVersion: string | null;
  readonly fromCommit: string | null;
  readonly toCommit: string | null;
  /** Earlier versions that are known already, to find out what changed since each. */
  readonly versions: readonly Pick<KnownVersion, 'version' | 'commit'>[];
}

/** The answer to an inquiry; never late by more than the time limits of what was asked. */
export interface Findings {
  readonly pipeline: string;
  readonly deploymentId: string;
  readonly toVersion: string | null;
  readonly atMs: number;
  readonly left: readonly LeftBehind[];
  /** What could not be looked at, with the reason, a sentence each. */
  readonly doubts: readonly string[];
  /** What was looked at, a few words each; empty where nothing is configured to be looked at. */
  readonly lookedAt: readonly string[];
  /** Earlier versions as platform, store and repository know them, newest first. */
  readonly versions: readonly KnownVersion[];
  readonly external: ExternalRollback | null;
  /** Reasons to roll forward instead, from a hook. */
  readonly forward: readonly string[];
}

/** A way on instead of back. */
export interface RollForward {
  /** Name of the rule that offers it. */
  readonly rule: string;
  /** What to do and why, a sentence. */
  readonly text: string;
}
