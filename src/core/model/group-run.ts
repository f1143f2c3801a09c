import type { Actor, ExecutionHold, ExecutionState } from './rollback.ts';

/** Where a group rollback stands; the ends are those of its worst service. */
export type GroupState =
  'running' | 'held' | 'done' | 'restored-unhealthy' | 'unverified' | 'failed' | 'cancelled' | 'unknown';

/** One service of a group rollback as far as it has come; `waiting` = not begun, and then never begun by itself. */
export interface GroupStep {
  readonly pipeline: string;
  readonly planId: string;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly state: ExecutionState | 'waiting';
}

/** A group rollback: on disk before each service of it begins. */
export interface GroupRun {
  /** Of the question it answers. */
  readonly id: string;
  readonly name: string;
  readonly state: GroupState;
  /** In the order in which they go back. */
  readonly steps: readonly GroupStep[];
  readonly hold: (Omit<ExecutionHold, 'why'> & { readonly why: 'recovered' | 'worse' | 'unproven' }) | null;
  /** Why it ended as it did, or what it waits for; one sentence. */
  readonly text: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly dryRun: boolean;
  readonly by: Actor;
}
