import type { KubeAt } from '../kube-client.ts';
import type { Provider } from '../kube-provider.ts';
import type { VersionNaming } from '../kube-version.ts';

/** A workload by its kind and name. */
export interface WorkloadRef {
  readonly kind: 'deployment' | 'statefulset' | 'daemonset';
  readonly name: string;
}

/** One of two sides that share the traffic. */
export interface Side {
  readonly service: string;
  readonly workload: WorkloadRef;
}

/** What shares the traffic out between two sides. */
export interface Traffic {
  readonly kind: 'httproute' | 'virtualservice' | 'ingress';
  readonly name: string;
  readonly sides: readonly [Side, Side];
}

/** From and to version of the plan; null where a reading is asked for without one. */
export interface Versions {
  readonly from: string | null;
  readonly to: string | null;
}

/** What one step or reading does. Percentages are of the traffic or capacity of the earlier version, 0..100. */
export type KubernetesAct =
  | { readonly do: 'undo' | 'version' | 'facts' | 'drain' | 'serving' }
  | { readonly do: 'traffic' | 'shared' | 'capacity' | 'scale'; readonly percent: number };

/** The argument of a step's process. */
export interface KubernetesCall {
  readonly at: KubeAt;
  readonly provider: Provider | null;
  readonly workload: WorkloadRef;
  readonly traffic: Traffic | null;
  readonly naming: VersionNaming;
  readonly versions: Versions;
  readonly act: KubernetesAct;
}
