import type { CommandSpec, Plan, Target } from '../core/model/rollback.ts';

export interface PlanRequest {
  readonly pipeline: string;
  readonly environment: string | null;
  readonly deploymentId: string;
  readonly fromVersion: string;
  readonly toVersion: string;
}

export interface VersionReading {
  /** Null when the platform cannot tell. */
  readonly version: string | null;
  readonly text: string;
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
}

/** A plan cannot be made; `message` says why and what to change. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
