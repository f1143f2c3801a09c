import type { EarlierVersion } from '../ports/platform.ts';
import type { Kubectl } from './kube-client.ts';
import { selectorText, type ObjectList, type ObjectMeta, type PodTemplate, type Workload } from './kube-objects.ts';
import { imagesText, versionOf, type VersionNaming } from './kube-version.ts';

/** A pod template the cluster still keeps. */
export interface Revision {
  readonly number: number;
  readonly version: string | null;
  readonly template: PodTemplate;
  readonly changeCause: string | null;
  readonly createdAtMs: number | null;
}

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
/** Labels the controllers add: a template with one of them would never match its own workload. */
const HASHES = ['pod-template-hash', 'rollouts-pod-template-hash', 'controller-revision-hash'];

/** Revisions kept as ReplicaSets (Deployment, Rollout), newest first. */
export async function replicaSetRevisions(
  kubectl: Kubectl,
  owner: Workload,
  naming: VersionNaming,
  annotation: string,
): Promise<readonly Revision[]> {
  interface ReplicaSet {
    readonly metadata: ObjectMeta;
    readonly spec: { readonly template: PodTemplate };
  }
  const { items } = (await kubectl.get('replicasets', `--selector=${selectorText(owner)}`)) as ObjectList<ReplicaSet>;
  const revisions = items
    .filter((one) => isOwned(one.metadata, owner))
    .flatMap(({ metadata, spec }) => {
      const number = Number(metadata.annotations?.[annotation]);
      return Number.isInteger(number) && number > 0 ? [revisionOf(number, metadata, spec.template, owner, naming)] : [];
    });
  return revisions.toSorted((a, b) => b.number - a.number);
}

/** Revisions kept as ControllerRevisions (StatefulSet, DaemonSet), newest first. */
export async function controllerRevisions(
  kubectl: Kubectl,
  owner: Workload,
  naming: VersionNaming,
): Promise<readonly Revision[]> {
  interface ControllerRevision {
    readonly metadata: ObjectMeta;
    readonly revision: number;
    readonly data: { readonly spec: { readonly template: PodTemplate & { readonly $patch?: string } } };
  }
  const selector = `--selector=${selectorText(owner)}`;
  const { items } = (await kubectl.get('controllerrevisions', selector)) as ObjectList<ControllerRevision>;
  const revisions = items
    .filter((one) => isOwned(one.metadata, owner))
    .map(({ metadata, revision, data }) => {
      const { $patch: _, ...template } = data.spec.template;
      return revisionOf(revision, metadata, template, owner, naming);
    });
  return revisions.toSorted((a, b) => b.number - a.number);
}

/** The revisions as versions for people, newest first. */
export function earlierVersions(revisions: readonly Revision[]): readonly EarlierVersion[] {
  return revisions.flatMap(({ number, version, template, changeCause, createdAtMs }, index) =>
    version === null
      ? []
      : [
          {
            version,
            revision: String(number),
            deployedAtMs: createdAtMs,
            by: null,
            change: changeCause ?? imagesText(template),
            commit: null,
            current: index === 0,
          },
        ],
  );
}

function revisionOf(
  number: number,
  { annotations, creationTimestamp }: ObjectMeta,
  template: PodTemplate,
  owner: Workload,
  naming: VersionNaming,
): Revision {
  const createdAtMs = Date.parse(creationTimestamp ?? '');
  return {
    number,
    version: versionOf(template, naming, owner.metadata.name),
    template: withoutHash(template),
    changeCause: annotations?.[CHANGE_CAUSE] ?? null,
    createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs,
  };
}

function withoutHash(template: PodTemplate): PodTemplate {
  const labels = Object.entries(template.metadata?.labels ?? {}).filter(([key]) => !HASHES.includes(key));
  return { ...template, metadata: { ...template.metadata, labels: Object.fromEntries(labels) } };
}

function isOwned(meta: ObjectMeta, owner: Workload): boolean {
  return (meta.ownerReferences ?? []).some(({ uid, controller }) => controller === true && uid === owner.metadata.uid);
}
