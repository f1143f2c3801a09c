import { imageTag } from '../image-tag.ts';
import { StepRefused } from '../step.ts';
import type { SwarmCall } from './call.ts';
import { readEngine } from './engine.ts';

/** A service's spec, as far as it is looked at. */
export interface ServiceSpec {
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly TaskTemplate: { readonly ContainerSpec?: { readonly Image?: string } };
  readonly UpdateConfig?: { readonly FailureAction?: string };
  readonly Mode?: { readonly Replicated?: { readonly Replicas?: number } };
}

/** How far an update or rollback is. */
export interface UpdateStatus {
  readonly State?: string;
  readonly StartedAt?: string;
  readonly CompletedAt?: string;
  readonly Message?: string;
}

/** A service as the Engine states it. */
export interface Service {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly UpdatedAt?: string;
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: ServiceSpec | null;
  readonly UpdateStatus?: UpdateStatus | null;
}

/** One instance of a service. */
export interface Task {
  readonly Spec: { readonly ContainerSpec?: { readonly Image?: string } };
  readonly Status: { readonly State: string; readonly Err?: string };
  readonly DesiredState: string;
}

/**
 * The service, where the socket still leads to the swarm of the config.
 *
 * @throws StepRefused for another swarm, another service of the name, or none.
 */
export async function readService(call: SwarmCall): Promise<Service> {
  const info = (await readEngine(call.socket, '/info')) as {
    readonly Swarm?: { readonly ControlAvailable?: boolean; readonly Cluster?: { readonly ID?: string } | null };
  };
  if (info.Swarm?.ControlAvailable !== true) throw new StepRefused(`${call.socket} is no manager of a swarm`);
  const cluster = info.Swarm.Cluster?.ID ?? 'none';
  if (cluster !== call.cluster) {
    throw new StepRefused(`${call.socket} leads to swarm ${cluster}, not to ${call.cluster}: nothing was done`);
  }
  const service = (await readEngine(call.socket, `/services/${encodeURIComponent(call.service)}`)) as Service;
  if (call.serviceId !== null && service.ID !== call.serviceId) {
    throw new StepRefused(`service ${call.service} has id ${service.ID}, not ${call.serviceId}: it was made anew`);
  }
  return service;
}

/** Its tasks that are to run. */
export async function readTasks(call: SwarmCall, service: Service): Promise<readonly Task[]> {
  const filters = encodeURIComponent(
    JSON.stringify({ service: { [service.ID]: true }, 'desired-state': { running: true } }),
  );
  return (await readEngine(call.socket, `/tasks?filters=${filters}`)) as readonly Task[];
}

/** The version a spec states; null where it states none. */
export function versionOf({ Labels, TaskTemplate }: ServiceSpec, versionFrom: string): string | null {
  if (versionFrom.startsWith('label:')) return Labels?.[versionFrom.slice('label:'.length)] ?? null;
  const image = TaskTemplate.ContainerSpec?.Image;
  if (image === undefined) return null;
  return versionFrom === 'image' ? image : imageTag(image);
}

/** Tasks that run, with the image they run. */
export function runningImages(tasks: readonly Task[]): readonly string[] {
  return tasks.filter(({ Status }) => Status.State === 'running').map(({ Spec }) => Spec.ContainerSpec?.Image ?? '');
}
