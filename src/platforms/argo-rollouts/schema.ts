import { z } from 'zod';
import { kubePlaceKeys, versionKeys, word } from '../kube-config.ts';
import { duration, environment, recovery } from '../schema-words.ts';

/** Config of Argo Rollouts; durations in ms. */
export const argoRolloutsConfig = z
  .strictObject({
    ...kubePlaceKeys,
    rollout: word(
      /^[a-z0-9{][a-z0-9{}.-]{0,252}$/,
      'the name of a Rollout; {pipeline} may be part of it',
      'Name of the Rollout; default {pipeline}.',
    ).optional(),
    ...versionKeys,
    by: z
      .enum(['abort', 'undo', 'undo-and-promote'], { error: 'abort, undo or undo-and-promote' })
      .meta({
        description:
          'abort (default): all traffic to the stable version while an update is under way, the spec stays new. undo: the earlier pod template into the spec, a new revision; and-promote skips the steps of its strategy.',
      })
      .optional(),
    timeout: duration('After this long a call is stopped; default 2m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Rolls back a Rollout of Argo Rollouts through kubectl.' });

/** A validated config of Argo Rollouts. */
export type ArgoRolloutsConfig = z.output<typeof argoRolloutsConfig>;
