import type { PlatformAbilities } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { resolveExecutable } from '../executable.ts';
import { createStepPlatform, filledName } from '../step-platform.ts';
import type { EcsAct, EcsCall, EcsPlace } from './call.ts';
import { CLUSTER_ARN, ecsConfig, type EcsConfig } from './schema.ts';

const TIMEOUT_MS = 900_000;
const SERVICE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/;
/** Where credentials are, by the names the CLI reads them under. */
const ENVIRONMENT = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_CA_BUNDLE',
];
const NO_WEIGHTS = 'a service of ECS takes no shares of the traffic from here (that is its load balancer)';
const ONE_SERVICE = 'a service has one task definition: the earlier version does not run beside the present one';

const ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: NO_WEIGHTS,
    partial: 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline',
    'blue-green': ONE_SERVICE,
    ab: ONE_SERVICE,
  },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: false,
  sideBySide: false,
  readsBack: true,
  reversible: true,
};

/** Rolls back a service by stopping its deployment with ROLLBACK, or to an earlier task definition. */
export const ecs = {
  summary: 'a service of AWS ECS through the aws CLI, to an earlier task definition',
  schema: ecsConfig,
  create: (config, context) =>
    createStepPlatform<EcsAct>(
      {
        name: 'ecs',
        abilities: ABILITIES,
        envFrom: [...new Set([...ENVIRONMENT, ...(config.environment ?? [])])],
        timeoutMs: config.timeout ?? TIMEOUT_MS,
        recovery: config.verify,
        notUndone: ['parameters, secrets and what migrations did stay as they are; so does the number of tasks'],
        plain: [{ kind: 'undo' }],
        target: (pipeline) => {
          const service = serviceOf(config, pipeline);
          const [, , region = '', account = '', name = ''] = CLUSTER_ARN.exec(config.cluster)!;
          const text = `service ${service} of ECS cluster ${name} (account ${account}, ${region})`;
          return { id: `${config.cluster}:${service}`, text };
        },
        call: (pipeline, versions, act): EcsCall => ({
          at: placeOf(config, context, pipeline),
          naming: { source: sourceOf(config), container: config.container ?? null },
          timeoutMs: config.timeout ?? TIMEOUT_MS,
          versions,
          act,
        }),
        words: (_, { pipeline, fromVersion, toVersion }) => {
          const service = serviceOf(config, pipeline);
          const where = `--cluster ${config.cluster} --service ${service}`;
          return [
            {
              act: { do: 'undo' },
              text: `take service ${service} back to ${toVersion}, if it is still at ${fromVersion}, and wait until it is stable`,
              call: `aws ecs stop-service-deployment --service-deployment-arn <the one that goes on> --stop-type ROLLBACK; where none does: aws ecs update-service ${where} --task-definition <newest with version ${toVersion}>`,
              readBack: null,
            },
          ];
        },
        readings: { version: { do: 'version' }, facts: { do: 'facts' }, serving: { do: 'serving' } },
      },
      context,
    ),
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, context) => [resolveExecutable(config.aws ?? 'aws', context.baseDir)],
} as const satisfies PlatformAdapter<typeof ecsConfig>;

function placeOf(config: EcsConfig, { baseDir }: PlatformContext, pipeline: string): EcsPlace {
  const [, , region = ''] = CLUSTER_ARN.exec(config.cluster)!;
  return {
    aws: resolveExecutable(config.aws ?? 'aws', baseDir),
    region,
    profile: config.profile ?? null,
    endpoint: config.endpoint ?? null,
    cluster: config.cluster,
    service: serviceOf(config, pipeline),
  };
}

function sourceOf({ versionFrom }: EcsConfig): EcsCall['naming']['source'] {
  return versionFrom === 'image' || versionFrom === 'task-definition' ? versionFrom : 'image-tag';
}

function serviceOf({ service }: EcsConfig, pipeline: string): string {
  return filledName(service ?? '{pipeline}', pipeline, SERVICE, 'service of ECS');
}
