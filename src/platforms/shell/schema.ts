import { z } from 'zod';
import { templateFault } from './template.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d{1,6})(ms|s|m|h)$/;
const DAY_MS = 86_400_000;

function duration(text: string, minimumMs: number) {
  const error = 'a duration such as 90s or 10m, at most 24h';
  return z
    .string({ error })
    .regex(DURATION, { error, abort: true })
    .transform((written, context) => {
      const [, count, unit] = DURATION.exec(written)!;
      const ms = Number(count) * UNITS[unit!]!;
      if (ms >= minimumMs && ms <= DAY_MS) return ms;
      context.addIssue({ code: 'custom', message: error, input: written });
      return z.NEVER;
    })
    .meta({ description: text });
}

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

const variable = z
  .string({ error: 'the name of an environment variable' })
  .regex(/^[A-Z_][A-Z0-9_]{0,63}$/i, { error: 'the name of an environment variable' })
  .refine((name) => !/^(?:PATH|LD_.*|NODE_OPTIONS|BASH_ENV|ENV|IFS|ROLLWATCH_.*)$/.test(name), {
    error:
      'a variable that does not change which program runs (not PATH, LD_…, NODE_OPTIONS, BASH_ENV, ENV, IFS, ROLLWATCH_…)',
  });

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
        healthAtLeast: z
          .number({ error: 'a number from 0 to 100' })
          .min(0, { error: 'a number from 0 to 100' })
          .max(100, { error: 'a number from 0 to 100' })
          .meta({ description: 'Health the pipeline must come back to; default 70.' })
          .optional(),
        for: duration('How long it must hold; default 1m.', 0).optional(),
        within: duration('How long recovery may take; default 10m.', 1).optional(),
      })
      .meta({
        description: 'How the effect is proven; without it and without `version` the outcome is at best unverified.',
      })
      .optional(),
    environment: z
      .array(variable, { error: 'a list of names of environment variables' })
      .meta({ description: "Variables handed on from rollwatch's own environment; their values are redacted." })
      .optional(),
  })
  .meta({ description: 'Rolls back by running a command on this box.' });

/** A validated config of the shell platform. */
export type ShellConfig = z.output<typeof shellConfig>;
