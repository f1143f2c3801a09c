import type { EarlierVersion, ExternalRollback, PlatformFacts } from '../../ports/platform.ts';
import { imageTag } from '../image-tag.ts';
import { StepRefused } from '../step.ts';
import type { SwarmCall } from './call.ts';
import { readService, readTasks, runningImages, versionOf, type Service, type ServiceSpec } from './service.ts';

/** Prints the version: the one rolled back from as long as the spec or any running task is at it, else the spec's. */
export async function readVersion(call: SwarmCall): Promise<readonly string[]> {
  const service = await readService(call);
  const version = versionOf(service.Spec, call.versionFrom);
  if (version === null) throw new StepRefused(`service ${call.service} states no version`);
  const { from } = call.versions;
  if (version === from || from === null) return [version];
  const running = runningImages(await readTasks(call, service));
  // A task states its image and no labels of the service: those are left to the check of what serves.
  return [call.versionFrom === 'image-tag' && running.some((image) => imageTag(image) === from) ? from : version];
}

/** Succeeds when every task that is to run runs, at the image of the spec, and no update goes on. */
export async function readServing(call: SwarmCall): Promise<readonly string[]> {
  const service = await readService(call);
  const state = service.UpdateStatus?.State ?? 'completed';
  if (!['completed', 'rollback_completed'].includes(state)) throw new StepRefused(`update status is ${state}`);
  const image = service.Spec.TaskTemplate.ContainerSpec?.Image ?? '';
  const tasks = await readTasks(call, service);
  const running = runningImages(tasks).filter((one) => one === image).length;
  const wanted = service.Spec.Mode?.Replicated?.Replicas ?? tasks.length;
  if (running < wanted || running === 0 || tasks.length > running) {
    throw new StepRefused(`${running} of ${wanted} tasks run ${image}`);
  }
  return [`${running} of ${wanted} tasks run ${image}`];
}

/** What is known, as one JSON object. */
export async function facts(call: SwarmCall): Promise<readonly string[]> {
  const service = await readService(call);
  const told: PlatformFacts = {
    versions: [
      ...versionEntry(call, service.Spec, service.UpdatedAt ?? null, true),
      ...(service.PreviousSpec ? versionEntry(call, service.PreviousSpec, null, false) : []),
    ],
    selfHeal: null,
    notUndone: [],
    external: externalOf(call, service),
  };
  return [JSON.stringify(told)];
}

function versionEntry(
  call: SwarmCall,
  spec: ServiceSpec,
  at: string | null,
  current: boolean,
): readonly EarlierVersion[] {
  const version = versionOf(spec, call.versionFrom);
  if (version === null) return [];
  const change = spec.TaskTemplate.ContainerSpec?.Image ?? null;
  const deployedAtMs = at === null ? null : Date.parse(at);
  return [{ version, revision: null, deployedAtMs, by: null, change, commit: null, current }];
}

/**
 * A rollback that goes on says what began it. Afterwards the message is the same, but only one Swarm made by itself
 * leaves no previous spec behind (seen with Engine 20.10).
 */
function externalOf(call: SwarmCall, { Spec, PreviousSpec, UpdateStatus }: Service): ExternalRollback | null {
  const { State: state = '', Message: message = '', StartedAt: startedAt } = UpdateStatus ?? {};
  if (!state.startsWith('rollback_')) return null;
  const byItself = /due to failure|early termination/i.test(message) || (PreviousSpec ?? null) === null;
  return {
    by: byItself ? 'swarm update-failure-action' : 'docker service rollback',
    toVersion: versionOf(Spec, call.versionFrom),
    atMs: startedAt === undefined ? null : Date.parse(startedAt),
    inProgress: state === 'rollback_started',
    text: `Swarm: ${state.replaceAll('_', ' ')} (${message})`,
  };
}
