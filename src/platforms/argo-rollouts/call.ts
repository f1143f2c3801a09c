import type { KubeAt } from '../kube-client.ts';
import type { VersionNaming } from '../kube-version.ts';

/**
 * What one step or reading does. `abort` gives the traffic back to the stable version and leaves the spec new;
 * `undo` writes the earlier pod template into the spec; `promote` skips the steps that are left.
 */
export type RolloutAct = 'abort' | 'undo' | 'promote' | 'version' | 'facts' | 'serving';

/** The argument of a step's process. */
export interface RolloutCall {
  readonly at: KubeAt;
  readonly name: string;
  readonly naming: VersionNaming;
  readonly versions: { readonly from: string | null; readonly to: string | null };
  readonly act: RolloutAct;
}
