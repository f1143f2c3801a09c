import { z } from 'zod';
import { duration, recovery } from '../schema-words.ts';
import { sidesSchema } from '../two-sides.ts';

/** A server as it stands in an upstream: host and port, or a unix socket. */
const SERVER =
  /^(?:[A-Za-z0-9][A-Za-z0-9.-]{0,200}(?::\d{1,5})?|\[[0-9a-fA-F:]{2,45}\](?::\d{1,5})?|unix:\/[A-Za-z0-9._/-]{1,200})$/;

function path(description: string) {
  const error = 'an absolute path';
  return z
    .string({ error })
    .regex(/^\/[^\0\n]{1,200}$/, { error })
    .meta({ description });
}

/** Config of the nginx platform; durations in ms. */
export const nginxConfig = z
  .strictObject({
    include: path(
      'File with the server lines of the upstream, included inside `upstream { }`; {pipeline} may be part of it.',
    ),
    config: path("Configuration nginx runs with; default nginx's own.").optional(),
    nginx: z
      .string({ error: 'the path of nginx' })
      .min(1, { error: 'the path of nginx' })
      .meta({ description: 'nginx; default the one on the fixed PATH.' })
      .optional(),
    sides: sidesSchema(SERVER, 'the servers of the upstream, such as 127.0.0.1:8081'),
    serving: z
      .string({ error: 'an http:// address' })
      .regex(/^http:\/\/[^\s\0]{1,500}$/, { error: 'an http:// address' })
      .meta({ description: 'http:// address through nginx whose first line is the version that answers.' }),
    timeout: duration('How long a reload may take to serve; default 1m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
  })
  .meta({ description: 'Shifts traffic between two sides of an upstream of nginx by an include file.' });

/** A validated config of the nginx platform. */
export type NginxConfig = z.output<typeof nginxConfig>;
