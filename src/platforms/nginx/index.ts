import type { PlatformAbilities } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { filesOf, resolveExecutable } from '../executable.ts';
import { createStepPlatform } from '../step-platform.ts';
import type { NginxAct } from './call.ts';
import { nginxConfig, type NginxConfig } from './schema.ts';
import { nginxWords } from './words.ts';

const TIMEOUT_MS = 60_000;

const ABILITIES: PlatformAbilities = {
  actions: ['check-capacity', 'traffic', 'switch'],
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

/** Shifts traffic between two sides of an upstream by an include file and a reload. */
export const nginx = {
  summary: 'traffic between two sides of an upstream of nginx, by an include file and a reload',
  schema: nginxConfig,
  create: (config, context) =>
    createStepPlatform<NginxAct>(
      {
        name: 'nginx',
        abilities: ABILITIES,
        envFrom: [],
        timeoutMs: config.timeout ?? TIMEOUT_MS,
        recovery: config.verify,
        notUndone: ['connections that the old workers of nginx hold go on with the version they have until they end'],
        plain: [{ kind: 'check-capacity', percent: 100 }, { kind: 'switch' }],
        target: (pipeline) => {
          const include = includeOf(config, pipeline);
          return {
            id: `${context.host.machineId}:${include}:${pipeline}`,
            text: `${pipeline} by ${include} of nginx on ${context.host.name}`,
          };
        },
        call: (pipeline, versions, act) => ({
          program: programOf(config, context),
          include: includeOf(config, pipeline),
          sides: config.sides,
          serving: config.serving,
          timeoutMs: config.timeout ?? TIMEOUT_MS,
          versions,
          act,
        }),
        words: (action, request) => [nginxWords(action, request, includeOf(config, request.pipeline))],
        readings: { version: { do: 'version' }, facts: { do: 'facts' }, serving: { do: 'serving' } },
      },
      context,
    ),
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, context) => filesOf(programOf(config, context), context.baseDir),
} as const satisfies PlatformAdapter<typeof nginxConfig>;

function programOf({ nginx, config }: NginxConfig, { baseDir }: PlatformContext): readonly [string, ...string[]] {
  return [resolveExecutable(nginx ?? 'nginx', baseDir), ...(config === undefined ? [] : ['-c', config])];
}

function includeOf({ include }: NginxConfig, pipeline: string): string {
  // A version may have slashes in it; the name of a file must not.
  return include.replaceAll('{pipeline}', pipeline.replaceAll('/', '_'));
}
