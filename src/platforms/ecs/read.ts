import type { EarlierVersion, ExternalRollback, PlatformFacts } from '../../ports/platform.ts';
import { StepRefused } from '../step.ts';
import type { Ecs } from './aws.ts';
import type { EcsCall } from './call.ts';
import { isRollback, newestDeployment, taskDefinitionOf } from './deployments.ts';
import {
  readService,
  readTaskDefinition,
  shortName,
  versionOf,
  versionsByDeployment,
  type TaskDefinition,
} from './service.ts';
import { stabilityOf } from './stable.ts';
import { timeOf } from './time.ts';
import { reasonOf } from './undo.ts';

/** Revisions told of: each is a call of its own. */
const TOLD = 6;

/** Prints the version: the one rolled back from as long as any task of it runs, else that of the service. */
export async function readVersion(ecs: Ecs, call: EcsCall): Promise<readonly string[]> {
  const service = await readService(ecs, call);
  const all = await versionsByDeployment(ecs, call, service);
  const { from } = call.versions;
  if (from !== null && all.some(({ version, deployment }) => version === from && deployment.runningCount > 0))
    return [from];
  const version = versionOf(await readTaskDefinition(ecs, service.taskDefinition), call);
  if (version === null) throw new StepRefused(`${shortName(service.taskDefinition)} states no version`);
  return [version];
}

/** Succeeds when the service is stable at the earlier version. */
export async function readServing(ecs: Ecs, call: EcsCall): Promise<readonly string[]> {
  const { stable, text } = await stabilityOf(ecs, call);
  if (stable) return [text];
  throw new StepRefused(text);
}

/** What is known, as one JSON object. */
export async function facts(ecs: Ecs, call: EcsCall): Promise<readonly string[]> {
  const service = await readService(ecs, call);
  const current = await readTaskDefinition(ecs, service.taskDefinition);
  const family = ['--family-prefix', current.family, '--status', 'ACTIVE', '--sort', 'DESC'];
  const listed = (await ecs.read('list-task-definitions', [...family, '--max-items', String(TOLD)])) as {
    readonly taskDefinitionArns?: readonly string[];
  };
  const others = (listed.taskDefinitionArns ?? []).filter((arn) => arn !== current.taskDefinitionArn);
  const earlier: TaskDefinition[] = [];
  for (const arn of others) earlier.push(await readTaskDefinition(ecs, arn));
  const told: PlatformFacts = {
    versions: [entry(current, call, true), ...earlier.map((one) => entry(one, call, false))].flatMap(
      (one) => one ?? [],
    ),
    selfHeal: null,
    notUndone: [],
    external: await externalOf(ecs, call),
  };
  return [JSON.stringify(told)];
}

function entry(definition: TaskDefinition, call: EcsCall, current: boolean): EarlierVersion | null {
  const version = versionOf(definition, call);
  if (version === null) return null;
  const { registeredAt, registeredBy, containerDefinitions } = definition;
  return {
    version,
    revision: shortName(definition.taskDefinitionArn),
    deployedAtMs: timeOf(registeredAt),
    by: registeredBy === undefined ? null : shortName(registeredBy),
    change: containerDefinitions.map(({ image }) => image).join(', '),
    commit: null,
    current,
  };
}

async function externalOf(ecs: Ecs, call: EcsCall): Promise<ExternalRollback | null> {
  const { deployment } = await newestDeployment(ecs, call);
  if (deployment === null || !isRollback(deployment)) return null;
  const back = await taskDefinitionOf(ecs, deployment.rollback?.serviceRevisionArn);
  const breaker = deployment.deploymentCircuitBreaker?.status === 'TRIGGERED';
  const alarm = deployment.alarms?.status === 'TRIGGERED';
  return {
    by: breaker ? 'ecs circuit breaker' : alarm ? 'ecs deployment alarm' : 'ecs stop-service-deployment',
    toVersion: back === null ? null : versionOf(await readTaskDefinition(ecs, back), call),
    atMs: timeOf(deployment.startedAt),
    inProgress: deployment.status === 'ROLLBACK_IN_PROGRESS',
    text: `ECS: ${deployment.status.toLowerCase().replaceAll('_', ' ')} (${reasonOf(deployment)})`,
  };
}
