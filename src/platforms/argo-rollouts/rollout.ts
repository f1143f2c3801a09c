import type { ExternalRollback } from '../../ports/platform.ts';
import type { Kubectl } from '../kube-client.ts';
import type { Workload } from '../kube-objects.ts';
import { replicaSetRevisions, type Revision } from '../kube-revisions.ts';
import { versionOf } from '../kube-version.ts';
import { StepRefused } from '../step.ts';
import type { RolloutCall } from './call.ts';

/** Annotation in which Argo Rollouts numbers revisions. */
const REVISION = 'rollout.argoproj.io/revision';
const HASH = 'rollouts-pod-template-hash';

interface RolloutStatus {
  readonly abort?: boolean;
  readonly abortedAt?: string;
  readonly phase?: string;
  readonly message?: string;
  readonly stableRS?: string;
  readonly currentPodHash?: string;
  readonly observedGeneration?: string;
  readonly promoteFull?: boolean;
}

/** A Rollout and what it serves. */
export interface LiveRollout {
  readonly object: Workload & { readonly status?: RolloutStatus };
  /** Of the spec. */
  readonly version: string | null;
  /** Of the ReplicaSet that is stable; null where it cannot be told. */
  readonly stable: string | null;
  readonly revisions: readonly Revision[];
  /** An update is under way: the spec is not the stable version. */
  readonly updating: boolean;
  readonly aborted: boolean;
}

/** The resource as kubectl is to be asked for it. */
export function resourceOf(name: string): string {
  return `rollouts.argoproj.io/${name}`;
}

/** Reads the Rollout and its revisions. @throws StepRefused where they cannot be read. */
export async function readRollout(kubectl: Kubectl, call: RolloutCall): Promise<LiveRollout> {
  const object = (await kubectl.get(resourceOf(call.name))) as LiveRollout['object'];
  if (object.spec.template === undefined) {
    throw new StepRefused(
      `${call.name} takes its pod template from another workload (workloadRef): roll that one back`,
    );
  }
  const revisions = await replicaSetRevisions(kubectl, object, call.naming, REVISION);
  const status = object.status ?? {};
  const version = versionOf(object.spec.template, call.naming, call.name);
  const updating = status.stableRS !== undefined && status.stableRS !== status.currentPodHash;
  const stable = await stableVersion(kubectl, call, object, version);
  return { object, version, stable, revisions, updating, aborted: status.abort === true };
}

/** Printed by a reading: what the stable version is while an update is aborted, else what the spec wants. */
export function servingVersion({ aborted, version, stable }: LiveRollout): string | null {
  return aborted ? stable : version;
}

/** An abort that is on record; rollwatch's own is told apart by the audit, which knows its plan. */
export function abortOf({ object, aborted, stable }: LiveRollout): ExternalRollback | null {
  if (!aborted) return null;
  const { abortedAt, message, phase } = object.status ?? {};
  const atMs = Date.parse(abortedAt ?? '');
  const why = message === undefined ? '' : `: ${message.slice(0, 200)}`;
  return {
    by: 'argo rollouts abort',
    toVersion: stable,
    atMs: Number.isNaN(atMs) ? null : atMs,
    inProgress: phase === 'Progressing',
    text: `the update was aborted${why}; all traffic goes to ${stable ?? 'the stable version'}, the spec stays new`,
  };
}

async function stableVersion(
  kubectl: Kubectl,
  call: RolloutCall,
  object: LiveRollout['object'],
  version: string | null,
): Promise<string | null> {
  const { stableRS, currentPodHash } = object.status ?? {};
  if (stableRS === undefined || stableRS === currentPodHash) return version;
  interface ReplicaSets {
    readonly items: readonly Workload[];
  }
  const { items } = (await kubectl.get('replicasets', `--selector=${HASH}=${stableRS}`)) as ReplicaSets;
  const owned = items.find(({ metadata }) =>
    (metadata.ownerReferences ?? []).some(({ uid }) => uid === object.metadata.uid),
  );
  return owned === undefined ? null : versionOf(owned.spec.template, call.naming, call.name);
}
