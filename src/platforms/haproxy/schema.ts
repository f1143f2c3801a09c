import { z } from 'zod';
import { duration, recovery } from '../schema-words.ts';
import { sidesSchema } from '../two-sides.ts';

const SERVER = /^[A-Za-z0-9_][A-Za-z0-9._:-]{0,63}$/;

function path(error: string, description: string) {
  return z
    .string({ error })
    .regex(/^\/[^\0\n]{1,200}$/, { error })
    .meta({ description });
}

/** Config of the HAProxy platform; durations in ms. */
export const haproxyConfig = z
  .strictObject({
    socket: path('the absolute path of the runtime socket', 'Runtime socket of HAProxy, at level admin.'),
    node: z
      .string({ error: 'the node name of HAProxy' })
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/, { error: 'the node name of HAProxy' })
      .meta({ description: 'Node name that `show info` must state; default the name of this box.' })
      .optional(),
    backend: z
      .string({ error: 'the name of a backend' })
      .regex(/^[A-Za-z0-9_{][A-Za-z0-9._:{}-]{0,100}$/, { error: 'the name of a backend' })
      .meta({ description: 'Backend whose servers share the traffic; default {pipeline}.' })
      .optional(),
    sides: sidesSchema(SERVER, 'the names of servers of the backend'),
    stateFile: path(
      'the absolute path of the server-state file',
      'File HAProxy reads server states from when it reloads (server-state-file); without it a reload forgets weights.',
    ).optional(),
    timeout: duration('How long a step, draining included, may take; default 5m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
  })
  .meta({ description: 'Shifts traffic between two sides of a backend of HAProxy.' });

/** A validated config of the HAProxy platform. */
export type HaproxyConfig = z.output<typeof haproxyConfig>;
