import { z } from 'zod';
import { duration, environment, recovery } from '../schema-words.ts';

function word(pattern: RegExp, error: string, description: string) {
  return z.string({ error }).regex(pattern, { error }).meta({ description });
}

/** Without anything a shell could take for more than a path: over ssh it goes through the login shell there. */
const SAFE_PATH = /^\/[A-Za-z0-9._/{}-]{1,200}$/;
const PLAIN_WORD = /^[A-Za-z0-9_./:@=%+,{}-]{1,200}$/;

const ssh = z
  .strictObject({
    host: word(/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/, 'the name of a host', 'Host the releases are on.'),
    user: word(
      /^[a-z_][a-z0-9_-]{0,31}$/,
      'the name of a user',
      'User there; default that of the ssh configuration.',
    ).optional(),
    port: z
      .number({ error: 'a port' })
      .int({ error: 'a port' })
      .min(1, { error: 'a port' })
      .max(65_535, { error: 'a port' })
      .meta({ description: 'Port; default that of the ssh configuration.' })
      .optional(),
    machineId: word(
      /^[A-Za-z0-9_.-]{4,64}$/,
      'what /etc/machine-id of the host says',
      'What /etc/machine-id of the host says: a name that leads to another machine is refused.',
    ),
    config: word(
      /^\/[^\0\n]{1,200}$/,
      'the absolute path of a file',
      'Configuration of ssh; default its own.',
    ).optional(),
  })
  .meta({ description: 'Releases on another host, over ssh; default this box.' });

/** Config of the releases platform; durations in ms. */
export const releasesConfig = z
  .strictObject({
    root: word(
      SAFE_PATH,
      'an absolute path of plain letters',
      'Folder with the releases; {pipeline} may be part of it.',
    ),
    current: word(
      /^[A-Za-z0-9_][A-Za-z0-9._-]{0,60}$/,
      'a name',
      'Link to the release that serves; default current.',
    ).optional(),
    releases: word(
      /^[A-Za-z0-9_][A-Za-z0-9._-]{0,60}$/,
      'a name',
      'Folder the releases are in; default releases.',
    ).optional(),
    reload: z
      .array(word(PLAIN_WORD, 'a word without blanks and quotes', 'A word.'), {
        error: 'a list of a program and its arguments',
      })
      .min(1, { error: 'a list of a program and its arguments' })
      .meta({ description: 'Program and arguments that make the service take the release, where the releases are.' })
      .optional(),
    ssh: ssh.optional(),
    timeout: duration('How long a step may take; default 1m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Points the link to the present release back to an earlier one.' });

/** A validated config of the releases platform. */
export type ReleasesConfig = z.output<typeof releasesConfig>;
