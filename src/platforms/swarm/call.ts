import type { Versions } from '../two-sides.ts';

/** What one step or reading does. */
export interface SwarmAct {
  readonly do: 'rollback' | 'version' | 'serving' | 'facts';
}

/** The argument of a step's process. */
export interface SwarmCall {
  readonly socket: string;
  readonly cluster: string;
  readonly service: string;
  readonly serviceId: string | null;
  /** `image-tag`, `image` or `label:KEY`. */
  readonly versionFrom: string;
  /** How long Swarm may take. */
  readonly timeoutMs: number;
  readonly versions: Versions;
  readonly act: SwarmAct;
}
