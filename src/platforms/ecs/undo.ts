import { StepRefused } from '../step.ts';
import type { Ecs } from './aws.ts';
import type { EcsCall } from './call.ts';
import { goesOn, isRollback, newestDeployment, taskDefinitionOf, type ServiceDeployment } from './deployments.ts';
import { readService, readTaskDefinition, shortName, versionOf, type Service } from './service.ts';
import { lastLookMs, untilStable } from './stable.ts';

/** Revisions looked at for the earlier version: each is a call of its own. */
const MAX_REVISIONS = 25;

/**
 * Goes back: a deployment that goes on and began from the version wanted is stopped with ROLLBACK, which ECS itself
 * then carries out; else the service is given the earlier task definition. Either is followed until the service is
 * stable, since both calls answer when they have been taken down, not when they are done.
 */
export async function undo(ecs: Ecs, call: EcsCall): Promise<readonly string[]> {
  const endMs = lastLookMs(call);
  const service = await readService(ecs, call);
  const now = versionOf(await readTaskDefinition(ecs, service.taskDefinition), call);
  const { from } = call.versions;
  if (now !== from)
    throw new StepRefused(`the service is at version ${now ?? 'unknown'}, not ${from ?? ''}: nothing was done`);
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') {
    throw new StepRefused(
      `the service is deployed by ${controller}, which has a rollback of its own: nothing was done`,
    );
  }
  const { deployment, why } = await newestDeployment(ecs, call);
  if (deployment !== null && deployment.status === 'ROLLBACK_IN_PROGRESS') {
    throw new StepRefused(`ECS is rolling the service back by itself (${reasonOf(deployment)}): nothing was done`);
  }
  const note = why === null ? [] : [`service deployments cannot be read: ${why}`];
  if (deployment !== null && goesOn(deployment) && (await beganFrom(ecs, call, deployment))) {
    await refuseIfChanged(ecs, call, service, endMs);
    const stop = ['--service-deployment-arn', deployment.serviceDeploymentArn, '--stop-type', 'ROLLBACK'];
    await ecs.write('stop-service-deployment', stop);
    return [
      `${deployment.serviceDeploymentArn} is stopped with ROLLBACK`,
      ...note,
      ...(await untilStable(ecs, call, endMs)),
    ];
  }
  const target = await earlierTaskDefinition(ecs, call, service);
  await refuseIfChanged(ecs, call, service, endMs);
  const update = ['--cluster', call.at.cluster, '--service', call.at.service, '--task-definition', target];
  await ecs.write('update-service', update);
  return [`the service is given ${shortName(target)}`, ...note, ...(await untilStable(ecs, call, endMs))];
}

/** Why ECS goes back, in its own words. */
export function reasonOf(deployment: ServiceDeployment): string {
  if (!isRollback(deployment)) return deployment.statusReason ?? '';
  return deployment.rollback?.reason ?? deployment.statusReason ?? 'no reason given';
}

async function beganFrom(ecs: Ecs, call: EcsCall, deployment: ServiceDeployment): Promise<boolean> {
  const sources = deployment.sourceServiceRevisions ?? [];
  const source = sources.length === 1 ? await taskDefinitionOf(ecs, sources[0]!.arn) : null;
  return source !== null && versionOf(await readTaskDefinition(ecs, source), call) === call.versions.to;
}

async function earlierTaskDefinition(ecs: Ecs, call: EcsCall, service: Service): Promise<string> {
  const { to } = call.versions;
  const current = await readTaskDefinition(ecs, service.taskDefinition);
  const family = ['--family-prefix', current.family, '--status', 'ACTIVE', '--sort', 'DESC'];
  const listed = (await ecs.read('list-task-definitions', [...family, '--max-items', String(MAX_REVISIONS)])) as {
    readonly taskDefinitionArns?: readonly string[];
  };
  const arns = listed.taskDefinitionArns ?? [];
  const seen: string[] = [];
  // --family-prefix is a whole family for ECS; compared all the same, since others share a beginning.
  for (const arn of arns.filter((one) => shortName(one).split(':')[0] === current.family)) {
    if (arn === current.taskDefinitionArn) continue;
    const version = versionOf(await readTaskDefinition(ecs, arn), call);
    if (version === to) return arn;
    seen.push(version ?? shortName(arn));
  }
  throw new StepRefused(
    `no active task definition of ${current.family} has version ${to ?? ''} among the newest ${MAX_REVISIONS} (${seen.join(', ') || 'no other'}): nothing was done`,
  );
}

/** ECS has no conditional update: the last look is as late as can be, and early enough to follow what comes of it. */
async function refuseIfChanged(ecs: Ecs, call: EcsCall, before: Service, endMs: number): Promise<void> {
  const now = await readService(ecs, call);
  if (performance.now() >= endMs)
    throw new StepRefused('looking at the service took all of the time: nothing was done');
  const id = ({ deployments }: Service): string => deployments.find(({ status }) => status === 'PRIMARY')?.id ?? '';
  if (now.taskDefinition === before.taskDefinition && id(now) === id(before)) return;
  throw new StepRefused(`the service was changed meanwhile (${shortName(now.taskDefinition)}): nothing was done`);
}
