import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../duration.ts';

const EXAMPLE = 'a duration such as 10m or 90s';

/**
 * A duration in milliseconds, written with its unit. The message of every rule here is the phrase that follows "expected".
 * `minimumMs` and `maximumMs` are inclusive.
 */
export function duration(text: string, minimumMs: number, maximumMs: number, range: string) {
  return z
    .string({ error: EXAMPLE })
    .regex(DURATION_PATTERN, { error: EXAMPLE, abort: true })
    .transform((written, context) => {
      const ms = parseDuration(written);
      if (ms !== null && ms >= minimumMs && ms <= maximumMs) return ms;
      context.addIssue({ code: 'custom', message: `a duration of ${range}`, input: written });
      return z.NEVER;
    })
    .meta({ description: text });
}

/** A whole number in an inclusive range. */
export function count(text: string, minimum: number, maximum: number) {
  const error = `a whole number from ${minimum} to ${maximum}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error }).meta({ description: text });
}

/** A number in an inclusive range. */
export function number(text: string, minimum: number, maximum: number, unit = '') {
  const error = `a number from ${minimum} to ${maximum}${unit && ` ${unit}`}`;
  return z.number({ error }).min(minimum, { error }).max(maximum, { error }).meta({ description: text });
}

/** Text that is not empty and holds no control characters. */
export function words(text: string) {
  const error = 'text on one line';
  return (
    z
      .string({ error })
      // eslint-disable-next-line no-control-regex -- keeping them out is the point.
      .regex(/^[^\u0000-\u001f\u007f]+$/, { error })
      .meta({ description: text })
  );
}

/** Yes or no. */
export function flag(text: string) {
  return z.boolean({ error: 'true or false' }).meta({ description: text });
}

/** A mapping in which every key is known. A key without a value counts as an empty mapping. */
export function section<S extends z.ZodRawShape>(text: string, shape: S) {
  return z.preprocess(
    (value) => value ?? {},
    z.strictObject(shape, { error: sectionError }).meta({ description: text }),
  );
}

function sectionError(issue: { readonly code?: string | undefined }): string | undefined {
  return issue.code === 'invalid_type' ? 'a mapping of keys to values' : undefined;
}
