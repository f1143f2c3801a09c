import type { Sides, Versions } from '../two-sides.ts';

/** What one step or reading does; `percent` is the share of the earlier version, 0..100. */
export type NginxAct =
  | { readonly do: 'version' | 'facts' | 'serving' | 'alive' }
  | { readonly do: 'traffic' | 'shared'; readonly percent: number };

/** The argument of a step's process. */
export interface NginxCall {
  /** nginx and its `-c`, absolute. */
  readonly program: readonly [string, ...string[]];
  readonly include: string;
  readonly sides: Sides;
  readonly serving: string;
  /** How long a reload may take to serve. */
  readonly timeoutMs: number;
  readonly versions: Versions;
  readonly act: NginxAct;
}
