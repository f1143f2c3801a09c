import type { Kubectl } from '../kube-client.ts';
import type { Workload } from '../kube-objects.ts';
import { controllerRevisions, replicaSetRevisions, type Revision } from '../kube-revisions.ts';
import { versionOf } from '../kube-version.ts';
import type { KubernetesCall, WorkloadRef } from './call.ts';

/** Annotation in which the deployment controller numbers revisions. */
export const REVISION = 'deployment.kubernetes.io/revision';

/** A workload and the version its template states. */
export interface Live {
  readonly object: Workload;
  readonly version: string | null;
}

/** `deployment/checkout`. */
export function refText({ kind, name }: WorkloadRef): string {
  return `${kind}/${name}`;
}

/** Reads a workload. The cluster is checked by whoever goes on to change something, and by every reading. */
export async function readWorkload(kubectl: Kubectl, call: KubernetesCall, ref: WorkloadRef): Promise<Live> {
  const object = (await kubectl.get(refText(ref))) as Workload;
  return { object, version: versionOf(object.spec.template, call.naming, ref.name) };
}

/** The revisions the cluster keeps of it, newest first. */
export function revisionsOf(
  kubectl: Kubectl,
  call: KubernetesCall,
  ref: WorkloadRef,
  { object }: Live,
): Promise<readonly Revision[]> {
  if (ref.kind === 'deployment') return replicaSetRevisions(kubectl, object, call.naming, REVISION);
  return controllerRevisions(kubectl, object, call.naming);
}
