import { isDeepStrictEqual } from 'node:util';
import type { Kubectl, PatchOperation } from '../kube-client.ts';
import { pointerPart } from '../kube-objects.ts';
import type { Revision } from '../kube-revisions.ts';
import { imagesText } from '../kube-version.ts';
import { StepRefused, StepUnknown } from '../step.ts';
import type { KubernetesCall } from './call.ts';
import { readWorkload, refText, REVISION, revisionsOf, type Live } from './workload.ts';

const TRIES = 5;
const CHANGE_CAUSE = '/metadata/annotations/kubernetes.io~1change-cause';

/**
 * Puts the template of the newest earlier revision of the version back, only into the very object, at the very
 * generation, in which the version to be replaced was read. `kubectl rollout undo` has no such condition: the last
 * writer wins there. The generation and not the resourceVersion, since every status write moves the latter, and a
 * workload that crashes writes its status all the time; the generation moves with the spec alone.
 */
export async function undo(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const resource = refText(call.workload);
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const live = await readWorkload(kubectl, call, call.workload);
    const revision = await earlierRevision(kubectl, call, live);
    await kubectl.checkCluster();
    const done = await patched(kubectl, call, live, revision);
    if (done) return readBack(kubectl, call, live, revision);
    // Something wrote the spec in between (an autoscaler, or another deployment): looked at afresh, from the start.
  }
  throw new StepRefused(
    `${resource} was changed by others ${TRIES} times in a row while it was looked at: nothing was done`,
  );
}

async function patched(kubectl: Kubectl, call: KubernetesCall, live: Live, revision: Revision): Promise<boolean> {
  try {
    return await kubectl.patch(refText(call.workload), operations(live, revision));
  } catch (error) {
    if (!(error instanceof StepUnknown)) throw error;
    // The answer was lost on the way: what is there now may still prove that it was done.
    const now = await lookAgain(kubectl, call, error);
    const applied =
      now.object.metadata.uid === live.object.metadata.uid &&
      now.object.metadata.generation !== live.object.metadata.generation &&
      isDeepStrictEqual(now.object.spec.template.spec.containers, revision.template.spec.containers);
    if (applied) return true;
    throw error;
  }
}

async function lookAgain(kubectl: Kubectl, call: KubernetesCall, cause: StepUnknown): Promise<Live> {
  try {
    return await readWorkload(kubectl, call, call.workload);
  } catch (error) {
    throw new StepUnknown(`${cause.message}; ${(error as Error).message}`);
  }
}

async function earlierRevision(kubectl: Kubectl, call: KubernetesCall, live: Live): Promise<Revision> {
  const { versions, workload } = call;
  const resource = refText(workload);
  const why = refusal(call, live);
  if (why !== null) throw new StepRefused(`${why}: nothing was done`);
  const revisions = await revisionsOf(kubectl, call, workload, live);
  const found = revisions.find(({ version }) => version === versions.to);
  if (found !== undefined) return found;
  const kept = revisions.map(({ version }) => version ?? 'without a version').join(', ') || 'none';
  throw new StepRefused(
    `no revision of ${resource} with version ${versions.to ?? ''} is kept (kept: ${kept}; see revisionHistoryLimit)`,
  );
}

function refusal({ versions, workload }: KubernetesCall, { object, version }: Live): string | null {
  const resource = refText(workload);
  if (version !== versions.from) return `${resource} is at version ${version ?? 'unknown'}, not ${versions.from ?? ''}`;
  if (object.spec.paused === true) return `${resource} is paused (kubectl rollout resume)`;
  const { type, rollingUpdate } = object.spec.updateStrategy ?? {};
  if (type === 'OnDelete') return `${resource} is updated by deleting its pods (OnDelete): an undo would change none`;
  const partition = rollingUpdate?.partition ?? 0;
  return partition > 0 ? `${resource} holds the pods below ${partition} back (partition)` : null;
}

function operations({ object }: Live, { template, changeCause }: Revision): readonly PatchOperation[] {
  const { uid, generation, annotations } = object.metadata;
  const revision = annotations?.[REVISION];
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/generation', value: generation },
    ...(revision === undefined
      ? []
      : [{ op: 'test', path: `/metadata/annotations/${pointerPart(REVISION)}`, value: revision } as const]),
    { op: 'replace', path: '/spec/template', value: template },
    ...(changeCause !== null && annotations !== undefined
      ? [{ op: 'add', path: CHANGE_CAUSE, value: changeCause } as const]
      : []),
  ];
}

async function readBack(
  kubectl: Kubectl,
  call: KubernetesCall,
  before: Live,
  revision: Revision,
): Promise<readonly string[]> {
  const resource = refText(call.workload);
  const text = `${resource}: revision ${revision.number} (${imagesText(revision.template)}) put back over generation ${before.object.metadata.generation ?? '?'}`;
  const now = await readWorkload(kubectl, call, call.workload).catch((error: unknown) => (error as Error).message);
  if (typeof now === 'string') return [text, `not read back here: ${now}`];
  return [text, `read back: version ${now.version ?? 'unknown'}, generation ${now.object.metadata.generation ?? '?'}`];
}
