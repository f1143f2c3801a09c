import { imageTag } from '../image-tag.ts';
import { StepRefused } from '../step.ts';
import type { Ecs } from './aws.ts';
import type { EcsCall } from './call.ts';

/** One deployment of a service as `describe-services` states it. */
export interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly rolloutState?: string;
  readonly rolloutStateReason?: string;
}

/** A service as `describe-services` states it. */
export interface Service {
  readonly clusterArn: string;
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly taskDefinition: string;
  readonly deployments: readonly Deployment[];
  readonly deploymentController?: { readonly type?: string };
}

/** A task definition, as far as it is looked at. */
export interface TaskDefinition {
  readonly taskDefinitionArn: string;
  readonly family: string;
  readonly containerDefinitions: readonly { readonly name: string; readonly image: string }[];
  readonly registeredAt?: string | number;
  readonly registeredBy?: string;
}

/** The service. @throws StepRefused when it is not there, or in another account or cluster than the config's. */
export async function readService(ecs: Ecs, { at }: EcsCall): Promise<Service> {
  const answer = (await ecs.read('describe-services', ['--cluster', at.cluster, '--services', at.service])) as {
    readonly services?: readonly Service[];
    readonly failures?: readonly { readonly reason?: string }[];
  };
  const [service] = answer.services ?? [];
  if (service === undefined || service.status === 'INACTIVE') {
    throw new StepRefused(
      `there is no service ${at.service} in ${at.cluster}: ${answer.failures?.[0]?.reason ?? 'inactive'}`,
    );
  }
  if (service.clusterArn !== at.cluster) {
    throw new StepRefused(`the credentials lead to ${service.clusterArn}, not to ${at.cluster}: nothing was done`);
  }
  return service;
}

/** A task definition by its ARN or FAMILY:REVISION. */
export async function readTaskDefinition(ecs: Ecs, name: string): Promise<TaskDefinition> {
  const answer = await ecs.read('describe-task-definition', ['--task-definition', name]);
  return (answer as { readonly taskDefinition: TaskDefinition }).taskDefinition;
}

/** The version of a task definition; null where it states none. */
export function versionOf({ taskDefinitionArn, containerDefinitions }: TaskDefinition, call: EcsCall): string | null {
  const { source, container } = call.naming;
  if (source === 'task-definition') return shortName(taskDefinitionArn);
  const named = containerDefinitions.find(({ name }) => name === (container ?? call.at.service));
  const found = named ?? (container === null ? containerDefinitions[0] : undefined);
  if (found === undefined) return null;
  return source === 'image' ? found.image : imageTag(found.image);
}

/** `FAMILY:REVISION` of an ARN. */
export function shortName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Version of each deployment that still has tasks or is to have them, the primary one first. */
export async function versionsByDeployment(
  ecs: Ecs,
  call: EcsCall,
  { deployments }: Service,
): Promise<readonly { readonly deployment: Deployment; readonly version: string | null }[]> {
  const sorted = deployments.toSorted((a, b) => Number(b.status === 'PRIMARY') - Number(a.status === 'PRIMARY'));
  const known = new Map<string, string | null>();
  for (const { taskDefinition } of sorted) {
    if (!known.has(taskDefinition))
      known.set(taskDefinition, versionOf(await readTaskDefinition(ecs, taskDefinition), call));
  }
  return sorted.map((deployment) => ({ deployment, version: known.get(deployment.taskDefinition) ?? null }));
}
