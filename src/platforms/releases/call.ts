import type { Versions } from '../two-sides.ts';

/** What one step or reading does. */
export interface ReleasesAct {
  readonly do: 'link' | 'reload' | 'version' | 'serving' | 'facts';
}

/** The argument of a step's process. */
export interface ReleasesCall {
  /** Program that runs the script of the releases: `sh -s`, or ssh to a host with it. */
  readonly program: readonly [string, ...string[]];
  /** What /etc/machine-id must say there; null on this box. */
  readonly machineId: string | null;
  readonly root: string;
  readonly current: string;
  readonly releases: string;
  readonly reload: readonly string[] | null;
  readonly versions: Versions;
  readonly act: ReleasesAct;
}
