import { z } from 'zod';
import { kubePlaceKeys, word } from '../kube-config.ts';
import { duration, environment, recovery } from '../schema-words.ts';

/** Config of Helm; durations in ms. */
export const helmConfig = z
  .strictObject({
    ...kubePlaceKeys,
    release: word(
      /^[a-z0-9{][a-z0-9{}.-]{0,52}$/,
      'the name of a release; {pipeline} may be part of it',
      'Name of the release; default {pipeline}.',
    ).optional(),
    versionFrom: z
      .enum(['app-version', 'chart-version'], { error: 'app-version or chart-version' })
      .meta({ description: 'What the version is: app-version (default) or chart-version of the revision.' })
      .optional(),
    hooks: z
      .boolean({ error: 'true or false' })
      .meta({ description: "Run the chart's rollback hooks; default true." })
      .optional(),
    helm: z
      .string({ error: 'the path of helm' })
      .min(1, { error: 'the path of helm' })
      .meta({ description: 'helm; default the one on the fixed PATH.' })
      .optional(),
    timeout: duration('How long helm waits for the resources to be ready; default 5m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Rolls back a release of Helm.' });

/** A validated config of Helm. */
export type HelmConfig = z.output<typeof helmConfig>;
