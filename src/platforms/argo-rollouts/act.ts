import type { Kubectl, PatchOperation } from '../kube-client.ts';
import { reasonOf } from '../kube-client.ts';
import { imagesText } from '../kube-version.ts';
import { afterChange, StepRefused, StepUnknown } from '../step.ts';
import type { RolloutCall } from './call.ts';
import { readRollout, resourceOf, servingVersion, type LiveRollout } from './rollout.ts';

const TRIES = 5;

type Change = (live: LiveRollout, call: RolloutCall) => readonly PatchOperation[];

/** Gives all traffic back to the stable version; the spec stays new, and the Rollout is Degraded until it is changed. */
export async function abort(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  const live = await readRollout(kubectl, call);
  refuseOther(live, call);
  if (!live.updating) {
    throw new StepRefused(`${call.name} is fully promoted: there is nothing to abort (by: undo); nothing was done`);
  }
  if (live.stable !== call.versions.to) {
    throw new StepRefused(
      `an abort goes back to the stable version ${live.stable ?? 'unknown'}, not to ${call.versions.to ?? ''}: nothing was done`,
    );
  }
  await kubectl.checkCluster();
  await patchStatus(kubectl, call, { abort: true }, live);
  return [`${call.name} aborted: all traffic goes back to ${live.stable}; the spec stays at ${live.version ?? '?'}`];
}

/** Writes the earlier pod template into the spec: a new revision, which walks the steps of the strategy. */
export function undo(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  return changeSpec(kubectl, call, (live) => {
    refuseOther(live, call);
    const revision = live.revisions.find(({ version }) => version === call.versions.to);
    if (revision === undefined) {
      const kept = live.revisions.map(({ version }) => version ?? '?').join(', ') || 'none';
      throw new StepRefused(
        `no revision of ${call.name} with version ${call.versions.to ?? ''} is kept (kept: ${kept})`,
      );
    }
    return [{ op: 'replace', path: '/spec/template', value: revision.template }];
  });
}

/** Skips what is left of the steps, so that the spec's version gets all traffic at once. */
export async function promote(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  const live = await readRollout(kubectl, call);
  if (live.version !== call.versions.to) {
    throw new StepRefused(`${call.name} is at ${live.version ?? '?'}: only ${call.versions.to ?? ''} is promoted`);
  }
  await kubectl.checkCluster();
  await patchStatus(kubectl, call, { promoteFull: true }, live);
  return [`${call.name}: the steps left are skipped, ${live.version} gets all traffic`];
}

async function changeSpec(kubectl: Kubectl, call: RolloutCall, change: Change): Promise<readonly string[]> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const live = await readRollout(kubectl, call);
    const operations = change(live, call);
    await kubectl.checkCluster();
    const { uid, generation } = live.object.metadata;
    const done = await kubectl.patch(resourceOf(call.name), [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: '/metadata/generation', value: generation },
      ...operations,
    ]);
    if (done)
      return [
        `${call.name}: ${imagesText((await afterChange(readRollout(kubectl, call))).object.spec.template)} in the spec`,
      ];
  }
  throw new StepRefused(
    `${call.name} was changed by others ${TRIES} times in a row while it was looked at: nothing was done`,
  );
}

/** The status has no generation of its own: the resourceVersion that was read goes along, and another one is a conflict. */
async function patchStatus(
  kubectl: Kubectl,
  call: RolloutCall,
  status: object,
  { object }: LiveRollout,
): Promise<void> {
  const { uid, resourceVersion } = object.metadata;
  const body = JSON.stringify({ metadata: { uid, resourceVersion }, status });
  const resource = resourceOf(call.name);
  const end = await kubectl.run([
    'patch',
    resource,
    '--type=merge',
    '--subresource=status',
    `--patch=${body}`,
    '--output=name',
  ]);
  if (end.exitCode === 0) return;
  const said = reasonOf(end);
  const refused = /\((?:Conflict|NotFound|Forbidden|Invalid|Unauthorized|BadRequest)\)|connection refused/.test(said);
  const text = `kubectl patch ${resource}: ${said}`;
  throw refused ? new StepRefused(`${text}; nothing was changed`) : new StepUnknown(text);
}

function refuseOther(live: LiveRollout, call: RolloutCall): void {
  const serving = servingVersion(live);
  if (serving === call.versions.from) return;
  throw new StepRefused(
    `${call.name} is at version ${serving ?? 'unknown'}, not ${call.versions.from ?? ''}: nothing was done`,
  );
}
