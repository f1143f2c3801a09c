import { z } from 'zod';
import { duration, environment, recovery } from '../schema-words.ts';
import { PLACEHOLDERS, templateFault } from './template.ts';

function argv(text: string, placeholders?: readonly string[]) {
  const error = 'a list of a program and its arguments, such as ["/usr/local/bin/rollback", "{pipeline}", "{to}"]';
  // eslint-disable-next-line no-control-regex -- NUL cannot be part of an argument.
  const argument = z.string({ error: 'text (numbers in quotes)' }).regex(/^[^\u0000]*$/, { error: 'text without NUL' });
  return z
    .array(argument, { error })
    .min(1, { error })
    .check((context) => {
      const fault = context.value[0] === '' ? error : templateFault(context.value, placeholders);
      if (fault !== null) context.issues.push({ code: 'custom', message: fault, input: context.value });
    })
    .meta({ description: text });
}

const ACTION_PLACEHOLDERS = [...PLACEHOLDERS, 'percent'] as const;

/** Config of the shell platform; durations in ms. */
export const shellConfig = z
  .strictObject({
    command: argv(
      'Program and arguments that put the earlier version back; placeholders {pipeline} {from} {to} {environment}.',
    ),
    cwd: z
      .string({ error: 'the path of a folder' })
      .min(1, { error: 'the path of a folder' })
      .meta({ description: 'Folder the commands run in; default the folder of the config.' })
      .optional(),
    timeout: duration('After this long the command is stopped and what it did is unknown; default 5m.', 1).optional(),
    version: argv(
      'Program and arguments that print the version serving now on the first line; placeholder {pipeline}, {environment}.',
      ['pipeline', 'environment'],
    ).optional(),
    verify: z
      .strictObject({
        command: argv('Program and arguments that exit 0 when the rollback took effect.').optional(),
        ...recovery,
      })
      .meta({
        description: 'How the effect is proven; without it and without `version` the outcome is at best unverified.',
      })
      .optional(),
    actions: z
      .strictObject({
        traffic: argv('Gives the earlier version {percent} of the traffic.', ACTION_PLACEHOLDERS).optional(),
        scale: argv('Brings the earlier version to {percent} of its full capacity.', ACTION_PLACEHOLDERS).optional(),
        switch: argv('Gives the earlier version all of the traffic at once.', ACTION_PLACEHOLDERS).optional(),
        capacity: argv(
          'Exits 0 when the earlier version can take {percent} of the traffic; changes nothing.',
          ACTION_PLACEHOLDERS,
        ).optional(),
        drain: argv('Takes the version rolled back from out of service.', ACTION_PLACEHOLDERS).optional(),
        readBack: argv(
          'Exits 0 when the last of these took effect: {percent} of the traffic is on {to}.',
          ACTION_PLACEHOLDERS,
        ).optional(),
      })
      .meta({ description: 'Finer ways back than `command`: with `traffic` in steps, with `switch` at once.' })
      .optional(),
    facts: argv('Prints what is known of the versions as JSON; placeholder {pipeline}, {environment}.', [
      'pipeline',
      'environment',
    ]).optional(),
    environment,
  })
  .meta({ description: 'Rolls back by running a command on this box.' });

/** A validated config of the shell platform. */
export type ShellConfig = z.output<typeof shellConfig>;
