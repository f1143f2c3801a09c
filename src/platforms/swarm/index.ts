import type { PlatformAbilities } from '../../ports/platform.ts';
import type { PlatformAdapter } from '../adapter.ts';
import { createStepPlatform, filledName } from '../step-platform.ts';
import type { SwarmAct } from './call.ts';
import { swarmConfig, type SwarmConfig } from './schema.ts';

const TIMEOUT_MS = 300_000;
const SERVICE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
const ONE_SPEC = 'a service has one spec: the earlier version does not run beside the present one';

const ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: 'Swarm sets no shares of the traffic',
    partial: 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline',
    'blue-green': ONE_SPEC,
    ab: ONE_SPEC,
  },
  trafficWeights: false,
  versions: 'previous-only',
  instantSwitch: false,
  sideBySide: false,
  readsBack: true,
  // What Swarm keeps after a rollback is the spec that was rolled back from.
  reversible: false,
};

/** Rolls back a service to its previous spec by the Engine API. */
export const swarm = {
  summary: 'a service of Docker Swarm to its previous spec, by the Engine API',
  schema: swarmConfig,
  create: (config, context) =>
    createStepPlatform<SwarmAct>(
      {
        name: 'swarm',
        abilities: ABILITIES,
        envFrom: [],
        timeoutMs: config.timeout ?? TIMEOUT_MS,
        recovery: config.verify,
        notUndone: ['volumes, secrets and configs of Docker and what migrations did stay as they are'],
        plain: [{ kind: 'undo' }],
        target: (pipeline) => {
          const service = serviceOf(config, pipeline);
          return { id: `${config.cluster}:${service}`, text: `service ${service} of swarm ${config.cluster}` };
        },
        call: (pipeline, versions, act) => ({
          socket: config.socket ?? '/var/run/docker.sock',
          cluster: config.cluster,
          service: serviceOf(config, pipeline),
          serviceId: config.serviceId ?? null,
          versionFrom: config.versionFrom ?? 'image-tag',
          timeoutMs: config.timeout ?? TIMEOUT_MS,
          versions,
          act,
        }),
        words: (_, { pipeline, fromVersion, toVersion }) => {
          const service = serviceOf(config, pipeline);
          return [
            {
              act: { do: 'rollback' },
              text: `put the previous spec (${toVersion}) back into service ${service}, if it is still at ${fromVersion}`,
              call: `POST /services/${service}/update?version=<as read>&rollback=previous`,
              readBack: null,
            },
          ];
        },
        readings: { version: { do: 'version' }, facts: { do: 'facts' }, serving: { do: 'serving' } },
      },
      context,
    ),
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  // It runs no program: the socket's owner and mode say who may speak to the Engine.
  files: () => [],
} as const satisfies PlatformAdapter<typeof swarmConfig>;

function serviceOf({ service }: SwarmConfig, pipeline: string): string {
  return filledName(service ?? '{pipeline}', pipeline, SERVICE, 'service of Swarm');
}
