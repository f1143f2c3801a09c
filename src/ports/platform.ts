import type { PlatformAbilities } from '../core/model/abilities.ts';
import type { ExternalRollback } from '../core/model/findings.ts';
import type { CommandSpec, Plan, StepAction, Strategy, Target } from '../core/model/rollback.ts';

export { PLAIN_ABILITIES, type PlatformAbilities } from '../core/model/abilities.ts';
export type { ExternalRollback } from '../core/model/findings.ts';

export interface PlanRequest {
  readonly pipeline: string;
  readonly environment: string | null;
  readonly deploymentId: string;
  readonly fromVersion: string;
  readonly toVersion: string;
  /** Absent: `full`. One the platform's abilities do not name is a PlanError. */
  readonly strategy?: Strategy;
  /**
   * The steps wanted, in order, from the planner: one `PlanStep` each, with `action` set to it. Absent: the platform's
   * plain way back, an `undo`. An action that abilities do not name is a PlanError.
   */
  readonly actions?: readonly StepAction[];
}

export interface VersionReading {
  /** Null when the platform cannot tell. */
  readonly version: string | null;
  readonly text: string;
}

/** An earlier version as the platform knows it. */
export interface EarlierVersion {
  /** What `PlanRequest.toVersion` takes. */
  readonly version: string;
  /** The platform's own number for it (revision, task definition, release); null where it has none. */
  readonly revision: string | null;
  readonly deployedAtMs: number | null;
  /** Who deployed it; null where the platform does not know. */
  readonly by: string | null;
  /** What changed with it, a short sentence (change cause, image, commit); null where unknown. */
  readonly change: string | null;
  readonly commit: string | null;
  /** True for the one that serves now. */
  readonly current: boolean;
}

/** What the platform says of a pipeline at one moment: printed as one JSON object by `factsReader`. */
export interface PlatformFacts {
  /** Newest first, the current one included. */
  readonly versions: readonly EarlierVersion[];
  /** Something will put the present version back (GitOps self-heal, auto-sync), a sentence; null when nothing is known to. */
  readonly selfHeal: string | null;
  /** What a rollback would leave as it is (a ConfigMap changed since, a migration), a sentence each. */
  readonly notUndone: readonly string[];
  /** A rollback the platform made, or is making, by itself: not to be answered with a second one. Null without one. */
  readonly external: ExternalRollback | null;
}

/** A way to roll back: turns a request into exact steps and reads back what serves. */
export interface Platform {
  readonly name: string;
  /** What would be acted on; pure but for resolving executables. */
  target(pipeline: string): Target;
  /** The exact steps; spawns nothing. Throws PlanError with a sentence for the operator. */
  plan(request: PlanRequest): Plan;
  /** Command that prints the version serving now; null when none is configured. */
  versionReader(pipeline: string, environment?: string | null): CommandSpec | null;
  /** What it can do as configured; absent: `full` by one `undo`, any version. */
  abilities?(): PlatformAbilities;
  /** Command that prints `PlatformFacts` as one JSON object on stdout and exits with 0; absent or null: nothing is known. */
  factsReader?(pipeline: string, environment?: string | null): CommandSpec | null;
}

/** A plan cannot be made; `message` says why and what to change. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
