import type { PlatformAbilities } from '../../ports/platform.ts';
import type { PlatformAdapter } from '../adapter.ts';
import { createStepPlatform, filledName } from '../step-platform.ts';
import type { HaproxyAct } from './call.ts';
import { haproxyConfig, type HaproxyConfig } from './schema.ts';
import { haproxyWords } from './words.ts';

const TIMEOUT_MS = 300_000;
const BACKEND = /^[A-Za-z0-9_][A-Za-z0-9._:-]{0,127}$/;

const ABILITIES: PlatformAbilities = {
  actions: ['check-capacity', 'traffic', 'switch', 'drain'],
  strategies: ['full', 'progressive', 'blue-green', 'ab'],
  whyNot: { partial: 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline' },
  trafficWeights: true,
  // The other side is the only one that runs.
  versions: 'previous-only',
  instantSwitch: true,
  sideBySide: true,
  readsBack: true,
  reversible: true,
};

const FORGOTTEN =
  'a reload of HAProxy puts the weights of its configuration back: set stateFile, or change the configuration too';

/** Shifts traffic between two sides of a backend by the runtime API. */
export const haproxy = {
  summary: 'traffic between two sides of a backend of HAProxy, by its runtime socket',
  schema: haproxyConfig,
  create: (config, context) =>
    createStepPlatform<HaproxyAct>(
      {
        name: 'haproxy',
        abilities: ABILITIES,
        envFrom: [],
        timeoutMs: config.timeout ?? TIMEOUT_MS,
        recovery: config.verify,
        notUndone: config.stateFile === undefined ? [FORGOTTEN] : [],
        plain: [{ kind: 'check-capacity', percent: 100 }, { kind: 'switch' }],
        target: (pipeline) => {
          const backend = backendOf(config, pipeline);
          return {
            id: `${context.host.machineId}:${config.socket}:${backend}`,
            text: `backend ${backend} of HAProxy at ${config.socket} on ${config.node ?? context.host.name}`,
          };
        },
        call: (pipeline, versions, act) => ({
          socket: config.socket,
          node: config.node ?? context.host.name,
          backend: backendOf(config, pipeline),
          sides: config.sides,
          stateFile: config.stateFile ?? null,
          timeoutMs: config.timeout ?? TIMEOUT_MS,
          versions,
          act,
        }),
        words: (action, request) => {
          const backend = backendOf(config, request.pipeline);
          return [haproxyWords(action, request, { socket: config.socket, backend, sides: config.sides })];
        },
        readings: { version: { do: 'version' }, facts: { do: 'facts' }, serving: { do: 'serving' } },
      },
      context,
    ),
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  // It runs no program: the socket's owner and mode say who may speak to HAProxy.
  files: () => [],
} as const satisfies PlatformAdapter<typeof haproxyConfig>;

function backendOf({ backend }: HaproxyConfig, pipeline: string): string {
  return filledName(backend ?? '{pipeline}', pipeline, BACKEND, 'backend of HAProxy');
}
