import { createHash } from 'node:crypto';
import type { Controller, Objects, Thing } from './objects.ts';

/** Images that never become ready. */
export type BadImages = ReadonlySet<string>;

const REVISION = 'deployment.kubernetes.io/revision';

/** What the controllers of Kubernetes do with a new spec, at once: revisions, and a status that says how it went. */
export function controllers(bad: BadImages): readonly Controller[] {
  return [
    (objects, plural, thing) => {
      if (plural === 'deployments') deployment(objects, thing, bad);
      if (plural === 'rollouts') rollout(objects, thing);
      if (plural === 'statefulsets' || plural === 'daemonsets') withControllerRevisions(objects, plural, thing);
    },
  ];
}

function deployment(objects: Objects, thing: Thing, bad: BadImages): void {
  const hash = hashOf(thing.spec.template);
  const own = objects.list('replicasets').filter((one) => one.metadata.ownerReferences[0].uid === thing.metadata.uid);
  const latest = Math.max(0, ...own.map((one) => Number(one.metadata.annotations[REVISION])));
  const name = `${thing.metadata.name}-${hash}`;
  const known = own.find((one) => one.metadata.name === name);
  const isLatest = Number(known?.metadata.annotations[REVISION]) === latest;
  const revision = String(isLatest ? latest : latest + 1);
  const cause = thing.metadata.annotations?.['kubernetes.io/change-cause'];
  const annotations = { [REVISION]: revision, ...(cause === undefined ? {} : { 'kubernetes.io/change-cause': cause }) };
  const labels = { ...thing.spec.template.metadata.labels, 'pod-template-hash': hash };
  if (known === undefined) {
    objects.create('replicasets', {
      metadata: { name, labels, annotations, ownerReferences: [ownerOf(thing)] },
      spec: {
        replicas: thing.spec.replicas,
        selector: { matchLabels: labels },
        template: { ...thing.spec.template, metadata: { ...thing.spec.template.metadata, labels } },
      },
      status: {},
    });
  } else objects.write('replicasets', { ...known, metadata: { ...known.metadata, annotations } });
  const current = objects.get('deployments', thing.metadata.name);
  current.metadata.annotations = { ...current.metadata.annotations, [REVISION]: revision };
  objects.write('deployments', current);
  const broken = thing.spec.template.spec.containers.some((one: Thing) => bad.has(one.image));
  const { replicas } = thing.spec;
  const status = {
    observedGeneration: thing.metadata.generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: broken ? 0 : replicas,
    availableReplicas: broken ? 0 : replicas,
    ...(broken ? { unavailableReplicas: replicas } : {}),
    conditions: [
      { type: 'Available', status: broken ? 'False' : 'True' },
      broken
        ? { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing' }
        : { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
    ],
  };
  objects.write('deployments', { ...objects.get('deployments', thing.metadata.name), status }, 'status');
}

/**
 * Argo Rollouts: a new template is a canary beside the stable ReplicaSet until it is promoted; one that was stable is
 * stable again as soon as it is in the spec (the steps are skipped here).
 */
function rollout(objects: Objects, thing: Thing): void {
  const key = 'rollout.argoproj.io/revision';
  const hash = hashOf(thing.spec.template);
  const own = objects.list('replicasets').filter((one) => one.metadata.ownerReferences[0].uid === thing.metadata.uid);
  const revision = String(Math.max(0, ...own.map((one) => Number(one.metadata.annotations[key]))) + 1);
  const name = `${thing.metadata.name}-${hash}`;
  const known = own.find((one) => one.metadata.name === name);
  const labels = { ...thing.spec.template.metadata.labels, 'rollouts-pod-template-hash': hash };
  const annotations = { [key]: revision };
  if (known === undefined) {
    objects.create('replicasets', {
      metadata: { name, labels, annotations, ownerReferences: [ownerOf(thing)] },
      spec: {
        replicas: thing.spec.replicas,
        selector: { matchLabels: labels },
        template: { ...thing.spec.template, metadata: { ...thing.spec.template.metadata, labels } },
      },
    });
  } else objects.write('replicasets', { ...known, metadata: { ...known.metadata, annotations } });
  const stableRS = thing.status?.stableRS ?? hash;
  const status = { stableRS, currentPodHash: hash, abort: false, ...phaseOf(stableRS === hash) };
  objects.write('rollouts', { ...objects.get('rollouts', thing.metadata.name), status }, 'status');
}

function phaseOf(isStable: boolean): object {
  return isStable ? { phase: 'Healthy' } : { phase: 'Paused', message: 'CanaryPauseStep' };
}

/** What Argo Rollouts makes of a status that was patched: an abort, or a full promotion. */
export function rolloutStatus(status: Thing): Thing {
  const { promoteFull, ...rest } = status;
  if (promoteFull === true) return { ...rest, stableRS: rest.currentPodHash, abort: false, ...phaseOf(true) };
  if (rest.abort !== true || rest.abortedAt !== undefined) return status;
  return { ...rest, abortedAt: '2026-01-03T10:00:00Z', phase: 'Degraded', message: 'RolloutAborted: Rollout aborted' };
}

function withControllerRevisions(objects: Objects, plural: string, thing: Thing): void {
  const { template } = thing.spec;
  const hash = hashOf(template);
  const own = objects
    .list('controllerrevisions')
    .filter((one) => one.metadata.ownerReferences[0].uid === thing.metadata.uid);
  const latest = Math.max(0, ...own.map(({ revision }) => revision));
  const name = `${thing.metadata.name}-${hash}`;
  const known = own.find((one) => one.metadata.name === name);
  if (known === undefined) {
    const labels = { ...template.metadata.labels, 'controller-revision-hash': hash };
    const data = { spec: { template: { $patch: 'replace', ...template } } };
    objects.create('controllerrevisions', {
      metadata: { name, labels, ownerReferences: [ownerOf(thing)] },
      revision: latest + 1,
      data,
    });
  } else if (known.revision !== latest) objects.write('controllerrevisions', { ...known, revision: latest + 1 });
  const count = thing.spec.replicas ?? 2;
  const status =
    plural === 'statefulsets'
      ? {
          replicas: count,
          readyReplicas: count,
          updatedReplicas: count,
          currentReplicas: count,
          availableReplicas: count,
          currentRevision: name,
          updateRevision: name,
        }
      : { desiredNumberScheduled: count, updatedNumberScheduled: count, numberAvailable: count, numberReady: count };
  const observed = { ...status, observedGeneration: thing.metadata.generation };
  objects.write(plural, { ...objects.get(plural, thing.metadata.name), status: observed }, 'status');
}

function ownerOf({ apiVersion, kind, metadata }: Thing): object {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

function hashOf(template: object): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
}
