import { z } from 'zod';
import { word } from '../kube-config.ts';
import { duration, environment, recovery } from '../schema-words.ts';

const SERVER =
  /^(?:https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?)(?:\/[A-Za-z0-9._/-]*)?$/;

function path(description: string) {
  const error = 'the path of a file';
  return z.string({ error }).min(1, { error }).meta({ description });
}

/** Config of Argo CD; durations in ms. */
export const argoCdConfig = z
  .strictObject({
    server: word(SERVER, 'a URL with https (http on this box only), without a user', 'URL of the API server.'),
    application: word(
      /^[a-z0-9{][a-z0-9{}.-]{0,252}$/,
      'the name of an Application; {pipeline} may be part of it',
      'Name of the Application; default {pipeline}.',
    ).optional(),
    appNamespace: word(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'the name of a namespace',
      'Namespace of the Application, where it is not that of Argo CD.',
    ).optional(),
    uid: word(
      /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
      'the UID of the Application (argocd app get NAME -o json: metadata.uid)',
      'UID of the Application: a server that has another one of this name is refused.',
    ),
    versionFrom: word(
      /^(?:revision|target-revision|parameter:[A-Za-z0-9._-]{1,100})$/,
      'revision, target-revision or parameter:NAME',
      'What the version is: revision (default; a commit, seven digits are enough), target-revision, or a Helm parameter:NAME.',
    ).optional(),
    disableAutoSync: z
      .boolean({ error: 'true or false' })
      .meta({
        description: 'A first step switches auto-sync off where it is on; default false: then the rollback is refused.',
      })
      .optional(),
    prune: z
      .boolean({ error: 'true or false' })
      .meta({ description: 'Resources the earlier version does not have are deleted; default false.' })
      .optional(),
    tokenEnv: word(
      /^[A-Z_][A-Z0-9_]{0,63}$/,
      'the name of an environment variable',
      'Variable with the token; default ARGOCD_AUTH_TOKEN.',
    ).optional(),
    tokenFile: path('File with the token, instead of the variable.').optional(),
    caFile: path('Certificates to trust beside those of the system, as PEM.').optional(),
    timeout: duration('How long a sync may take before it is unknown; default 5m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Rolls back an Application of Argo CD by its API.' });

/** A validated config of Argo CD. */
export type ArgoCdConfig = z.output<typeof argoCdConfig>;
