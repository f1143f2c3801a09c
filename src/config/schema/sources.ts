import { z } from 'zod';
import { duration, section, words } from './words.ts';
import { zone } from './zone.ts';

/** Where metric logs are read from. */
export const sources = z
  .array(
    section('Metric logs.', {
      paths: z
        .array(words('A folder, a file or a glob.'), { error: 'a list of paths' })
        .min(1, { error: 'at least one path' })
        .meta({ description: 'Folders, files or globs; relative to this file.' }),
      zone: zone('Zone of timestamps that name none; UTC if not given.').optional(),
      backfill: duration(
        'How far back from its newest sample a log is judged at the start.',
        60_000,
        30 * 86_400_000,
        '1m to 30d',
      ).optional(),
    }),
    { error: 'a list of sources, each with `paths:`' },
  )
  .meta({ description: 'Where metric logs are read from; `monitor_logs` if not given.' });
