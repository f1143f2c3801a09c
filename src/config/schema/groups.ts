import { z } from 'zod';
import { stepJudge } from './rollback-ways.ts';
import { duration, section, words } from './words.ts';

const DAY = 86_400_000;

/** Services that are deployed together: their rollback is one question. */
export const groups = z
  .array(
    section('Services that are deployed together and go back together.', {
      name: words('Name of the group.'),
      match: z
        .array(words('Name of a pipeline or a pattern with `*` and `?`.'), { error: 'a list of names or patterns' })
        .min(1, { error: 'one name or pattern at least' })
        .meta({ description: 'Pipelines that belong to it.' }),
      needs: z
        .record(z.string().min(1), z.array(words('Name of a pipeline.')), {
          error: 'a mapping of a pipeline to a list of those it needs',
        })
        .meta({ description: 'What each needs to be there; what needs another goes back before it.' })
        .optional(),
      together: duration('Deployments within so long of each other count as one.', 0, 7 * DAY, '0s to 7d').optional(),
      judge: stepJudge('How the group is judged after each service that went back, before the next.').optional(),
    }),
    { error: 'a list of groups, each with `name:` and `match:`' },
  )
  .meta({ description: 'Services that are deployed together: what fails of them goes back in one rollback.' });
