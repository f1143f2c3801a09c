import type { ExecutionState } from './rollback.ts';

/** What the store knows of earlier acts; input of `decide`, so that it stays pure. */
export interface ActHistory {
  readonly rollbacks: readonly PastRollback[];
  /** Last verdict of each version that was analysed, newest first. */
  readonly versions: readonly PastVersion[];
  /** A plan that is approved and not yet ended, anywhere in the fleet this store serves. */
  readonly inFlight: { readonly pipeline: string; readonly planId: string; readonly holder: string } | null;
  /** Deployments a person has decided about: dismissed, rolled back by hand. */
  readonly humanDecided: readonly string[];
}

export interface PastRollback {
  readonly pipeline: string;
  readonly deploymentId: string;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly atMs: number;
  readonly state: ExecutionState;
}

export interface PastVersion {
  readonly pipeline: string;
  readonly version: string;
  readonly deployedAtMs: number;
  readonly healthy: boolean | null;
}

/** Facts about this box that bind `auto`, each read afresh by the shell around the core. */
export interface Standing {
  /** Reason given with `rollwatch halt`; null when not halted. */
  readonly halted: string | null;
  readonly configTrusted: boolean;
  readonly leaseShared: boolean;
  readonly stateIntact: boolean;
  readonly readOnly: boolean;
  /** Questions a person does not want for a while; expired ones may be among them. */
  readonly silences?: readonly Silence[];
}

/** Nothing is asked or done by itself about these pipelines until then; a person may still ask. */
export interface Silence {
  readonly id: string;
  /** A name, or a pattern with `*` and `?`. */
  readonly pipeline: string;
  readonly untilMs: number;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

/** What can be done for a pipeline, as configured; null where no rollback is configured. */
export interface RollbackAbility {
  readonly configured: boolean;
  readonly hasVersionReader: boolean;
  readonly hasVerify: boolean;
}
