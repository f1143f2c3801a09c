import type { Sides, Versions } from '../two-sides.ts';

/** What one step or reading does; `percent` is the share or capacity of the earlier version, 0..100. */
export type HaproxyAct =
  | { readonly do: 'version' | 'facts' | 'serving' | 'drain' | 'drained' }
  | { readonly do: 'traffic' | 'shared' | 'capacity'; readonly percent: number };

/** The argument of a step's process. */
export interface HaproxyCall {
  readonly socket: string;
  readonly node: string;
  readonly backend: string;
  readonly sides: Sides;
  readonly stateFile: string | null;
  /** How long draining may take. */
  readonly timeoutMs: number;
  readonly versions: Versions;
  readonly act: HaproxyAct;
}
