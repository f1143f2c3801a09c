import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d{1,6})(ms|s|m|h)$/;
const DAY_MS = 86_400_000;

/** A duration such as `90s`, as ms; at most a day. */
export function duration(text: string, minimumMs: number) {
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

const variable = z
  .string({ error: 'the name of an environment variable' })
  .regex(/^[A-Z_][A-Z0-9_]{0,63}$/i, { error: 'the name of an environment variable' })
  .refine((name) => !/^(?:PATH|LD_.*|NODE_OPTIONS|BASH_ENV|ENV|IFS|ROLLWATCH_.*)$/.test(name), {
    error:
      'a variable that does not change which program runs (not PATH, LD_…, NODE_OPTIONS, BASH_ENV, ENV, IFS, ROLLWATCH_…)',
  });

/** Names of variables that are handed on to commands. */
export const environment = z
  .array(variable, { error: 'a list of names of environment variables' })
  .meta({ description: "Variables handed on from rollwatch's own environment; their values are redacted." })
  .optional();

const health = z
  .number({ error: 'a number from 0 to 100' })
  .min(0, { error: 'a number from 0 to 100' })
  .max(100, { error: 'a number from 0 to 100' });

/** What recovery means, the same on every platform. */
export const recovery = {
  healthAtLeast: health.meta({ description: 'Health the pipeline must come back to; default 70.' }).optional(),
  for: duration('How long it must hold; default 1m.', 0).optional(),
  within: duration('How long recovery may take; default 10m.', 1).optional(),
};
