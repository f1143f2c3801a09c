import type { Versions } from '../two-sides.ts';

/** Where the aws CLI is to go: nothing of it is left to its own configuration. */
export interface EcsPlace {
  /** Absolute path. */
  readonly aws: string;
  readonly region: string;
  readonly profile: string | null;
  readonly endpoint: string | null;
  /** ARN. */
  readonly cluster: string;
  readonly service: string;
}

/** How a task definition names its version. */
export interface EcsNaming {
  readonly source: 'image-tag' | 'image' | 'task-definition';
  readonly container: string | null;
}

/** What one step or reading does. */
export interface EcsAct {
  readonly do: 'undo' | 'version' | 'serving' | 'facts';
}

/** The argument of a step's process. */
export interface EcsCall {
  readonly at: EcsPlace;
  readonly naming: EcsNaming;
  /** How long the service may take to be stable. */
  readonly timeoutMs: number;
  readonly versions: Versions;
  readonly act: EcsAct;
}
