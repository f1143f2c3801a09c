import { z } from 'zod';
import { duration, environment, recovery } from '../schema-words.ts';

function word(pattern: RegExp, error: string, description: string) {
  return z.string({ error }).regex(pattern, { error }).meta({ description });
}

/** ARN of a cluster: partition, region, account, name. */
export const CLUSTER_ARN = /^arn:(aws[a-z-]*):ecs:([a-z0-9-]{5,30}):(\d{12}):cluster\/([A-Za-z0-9_-]{1,255})$/;

/** Config of the AWS ECS platform; durations in ms. */
export const ecsConfig = z
  .strictObject({
    cluster: word(
      CLUSTER_ARN,
      'the ARN of a cluster (arn:aws:ecs:REGION:ACCOUNT:cluster/NAME)',
      'ARN of the cluster: region and account are part of it, so that other credentials are refused.',
    ),
    service: word(
      /^[A-Za-z0-9{][A-Za-z0-9_{}-]{0,254}$/,
      'the name of a service',
      'Service that is rolled back; default {pipeline}.',
    ).optional(),
    profile: word(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,100}$/, 'the name of a profile', 'Profile of the aws CLI.').optional(),
    endpoint: word(
      /^https?:\/\/[^\s\0]{1,300}$/,
      'an http:// or https:// address',
      'Endpoint of ECS, such as one of a VPC; default the public one.',
    ).optional(),
    aws: z
      .string({ error: 'the path of aws' })
      .min(1, { error: 'the path of aws' })
      .meta({ description: 'The aws CLI; default the one on the fixed PATH.' })
      .optional(),
    versionFrom: word(
      /^(?:image-tag|image|task-definition)$/,
      'image-tag, image or task-definition',
      'Where the version stands: image-tag (default), image, or task-definition (FAMILY:REVISION).',
    ).optional(),
    container: word(
      /^[A-Za-z0-9_-]{1,255}$/,
      'the name of a container',
      'Container whose image is the version; default the one named like the service, else the first.',
    ).optional(),
    timeout: duration('How long the service may take to be stable; default 15m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Rolls back a service of AWS ECS through the aws CLI.' });

/** A validated config of the AWS ECS platform. */
export type EcsConfig = z.output<typeof ecsConfig>;
