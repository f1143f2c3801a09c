import { z } from 'zod';
import { count, duration, flag, number, section, words } from './words.ts';
import { zone } from './zone.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const TIME = 'a time of day such as "18:00" (in quotes)';

/** How much may be done, and the guard rails that bind `auto`. */
export const guards = section('Guard rails that bind `auto`.', {
  cooldown: duration('Time after a rollback in which no other is made by itself.', 0, 30 * DAY, '0s to 30d').optional(),
  budget: section('Rollbacks by itself within a window.', {
    perPipeline: count('Of one pipeline.', 0, 1000).optional(),
    perFleet: count('Of all pipelines.', 0, 1000).optional(),
    window: duration('The window.', MINUTE, 30 * DAY, '1m to 30d').optional(),
  }).optional(),
  proposalExpires: duration('An unanswered question becomes hold after this.', 10_000, DAY, '10s to 1d').optional(),
  autoCountdown: duration('Time a person has to hold an automatic rollback.', 0, 60 * MINUTE, '0s to 1h').optional(),
  autoPersistence: count('Anomalous samples in a row that `auto` needs.', 1, 1000).optional(),
  autoScore: number(
    'Where a score rests on several samples, `auto` needs one this many times the limit as the run begins.',
    1,
    100,
  ).optional(),
  approvals: count('People who must say yes, told apart by their uid.', 1, 2).optional(),
});

function timeOfDay(text: string) {
  return z
    .string({ error: TIME })
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: TIME })
    .transform((written) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3, 5)))
    .meta({ description: text });
}

/** A list of daily or weekly spans. */
function spans(text: string, span: string, name: string, error: string) {
  const one = section(span, {
    name: words(name),
    days: z
      .array(z.enum(DAYS), { error: `a list of ${DAYS.join(', ')}` })
      .transform((days) => days.map((day) => DAYS.indexOf(day)))
      .meta({ description: 'Days it begins on; none = every day.' })
      .optional(),
    from: timeOfDay('Begins.'),
    to: timeOfDay('Ends; earlier than `from` means on the next day.'),
    zone: zone('Zone of the times; UTC if not given.').optional(),
  });
  return z.array(one, { error }).meta({ description: text });
}

/** Spans in which nothing is done by itself; those of all layers apply together. */
export const freeze = spans(
  'Spans in which nothing is done by itself; those of all layers apply together.',
  'A span in which nothing is done by itself.',
  'Shown when it refuses.',
  'a list of freeze windows',
);

/** Spans in which `auto` may act; outside of them a person is asked. */
export const businessHours = spans(
  'Spans in which `auto` may act; outside of them a person is asked. None = at any time.',
  'A span in which it may act by itself.',
  'Shown when it asks instead.',
  'a list of spans',
);

/** Keys that say how much rollwatch may do, in any layer. */
export const policyKeys = {
  policy: z
    .enum(['seed', 'guarded'])
    .meta({
      description: 'seed: HIGH risk or an anomaly proposes a rollback. guarded: persistence, veto and guard rails.',
    })
    .optional(),
  mode: z
    .enum(['observe', 'ask', 'auto'])
    .meta({ description: 'How much rollwatch may do: look, ask, or act by itself after a countdown.' })
    .optional(),
  production: flag('Production asks for the name of the pipeline to be typed.').optional(),
} as const;
