import { StepRefused } from '../step.ts';
import { timeOf } from './time.ts';
import type { Ecs } from './aws.ts';
import type { EcsCall } from './call.ts';

/** A service deployment, as far as it is looked at. */
export interface ServiceDeployment {
  readonly serviceDeploymentArn: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly createdAt?: string | number;
  readonly startedAt?: string | number;
  readonly sourceServiceRevisions?: readonly { readonly arn: string }[];
  readonly targetServiceRevision?: { readonly arn: string };
  readonly rollback?: { readonly reason?: string; readonly serviceRevisionArn?: string };
  readonly deploymentCircuitBreaker?: { readonly status?: string };
  readonly alarms?: { readonly status?: string; readonly triggeredAlarmNames?: readonly string[] };
}

/**
 * The newest service deployment; null where there is none, or where this ECS, these credentials or this CLI cannot tell
 * (`why` says so): they are newer than services are.
 */
export async function newestDeployment(
  ecs: Ecs,
  { at }: EcsCall,
): Promise<{ readonly deployment: ServiceDeployment | null; readonly why: string | null }> {
  try {
    const where = ['--cluster', at.cluster, '--service', at.service, '--max-results', '100'];
    const listed = (await ecs.read('list-service-deployments', where)) as {
      readonly serviceDeployments?: readonly ServiceDeployment[];
    };
    // In which order they are listed is not said.
    const newest = listed.serviceDeployments?.toSorted((a, b) => createdMs(b) - createdMs(a))[0];
    const arn = newest?.serviceDeploymentArn;
    if (arn === undefined) return { deployment: null, why: null };
    const told = (await ecs.read('describe-service-deployments', ['--service-deployment-arns', arn])) as {
      readonly serviceDeployments?: readonly ServiceDeployment[];
    };
    return { deployment: told.serviceDeployments?.[0] ?? null, why: null };
  } catch (error) {
    if (error instanceof StepRefused) return { deployment: null, why: error.message };
    throw error;
  }
}

/** Task definition of a service revision; null where it is not told. */
export async function taskDefinitionOf(ecs: Ecs, revisionArn: string | undefined): Promise<string | null> {
  if (revisionArn === undefined) return null;
  const told = (await ecs.read('describe-service-revisions', ['--service-revision-arns', revisionArn])) as {
    readonly serviceRevisions?: readonly { readonly taskDefinition?: string }[];
  };
  return told.serviceRevisions?.[0]?.taskDefinition ?? null;
}

/** It can still be stopped. */
export function goesOn({ status }: ServiceDeployment): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS';
}

/** ECS goes back, or went back, within this deployment. */
export function isRollback({ status }: ServiceDeployment): boolean {
  return status.startsWith('ROLLBACK_');
}

function createdMs({ createdAt }: ServiceDeployment): number {
  return timeOf(createdAt) ?? 0;
}
