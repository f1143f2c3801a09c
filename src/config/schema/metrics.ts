import { z } from 'zod';
import { WRITTEN_UNITS } from '../quantity.ts';
import { number, section } from './words.ts';

const LIMIT = `a number, a number with a unit (${WRITTEN_UNITS.join(', ')}) or "none"`;

const metric = section('What is known of a metric.', {
  unit: z
    .enum(['percent', 'ratio', 'ms', 's', 'bytes', 'count', 'per-minute', 'none'])
    .meta({ description: 'Unit its values are in; else from the name.' })
    .optional(),
  kind: z
    .enum(['technical', 'business'])
    .meta({ description: 'Technical: the machine and the service; business: what its users do.' })
    .optional(),
  worse: z.enum(['up', 'down', 'both']).meta({ description: 'The direction in which it gets worse.' }).optional(),
  limit: z
    .union([z.number(), z.string()], { error: LIMIT })
    .meta({ description: 'Absolute limit, such as 90%, 600ms, 512MiB or none; a value beyond it is anomalous.' })
    .optional(),
  weight: number('Share in the health score, relative to the other metrics; 0 leaves it out.', 0, 1000).optional(),
});

/** Metrics by name or pattern (`*`, `?`); of several that fit, the later one wins key by key. */
export const metrics = z
  .record(z.string().min(1), metric, { error: 'a mapping of metric names to what is known of them' })
  .meta({ description: 'Metrics by name or pattern.' });
