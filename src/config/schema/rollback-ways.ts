import { z } from 'zod';
import { LEFT_KINDS } from '../../core/model/findings.ts';
import { count, duration, flag, number, section, words } from './words.ts';

const HOUR = 3_600_000;
const STRATEGIES = ['full', 'progressive', 'partial', 'blue-green', 'ab'] as const;
const FAILURES = ['crash', 'errors', 'latency', 'saturation', 'business-only', 'unclear'] as const;

const rule = section('One line of the table that chooses; one of a known name takes its place.', {
  name: words('Name; shown with the reasons.'),
  when: section('All that is given must hold.', {
    failure: z.array(z.enum(FAILURES)).meta({ description: 'What is failing.' }).optional(),
    severity: z
      .array(z.enum(['slight', 'serious', 'severe']))
      .meta({ description: 'How bad it is.' })
      .optional(),
    blastRadiusAtLeast: number('Share of the users reached, 0 to 1.', 0, 1).optional(),
    confidenceBelow: number('How sure the verdict is, 0 to 1.', 0, 1).optional(),
    trafficBelow: number('Requests per minute.', 0, 1e9).optional(),
    risk: z
      .array(z.enum(['LOW', 'HIGH']))
      .meta({ description: 'Risk of the deployment.' })
      .optional(),
    someBlamed: flag('Some components are blamed, others not.').optional(),
    irreversible: flag('Something in the deployment cannot be undone.').optional(),
    reversible: flag('The rollback itself can be taken back.').optional(),
  }),
  prefer: z.array(z.enum(STRATEGIES)).min(1).meta({ description: 'Ways back, the best first.' }),
  because: words('Why; shown to the operator.'),
  otherwise: z
    .enum(['ask', 'next'])
    .meta({ description: 'Where none can be done: a person chooses, or the next rule.' })
    .optional(),
});

/** How health is judged after a step. */
export function stepJudge(text: string) {
  return section(text, {
    healthAtLeast: number('Health from which it has recovered: it holds there.', 0, 100).optional(),
    worseBy: number('It holds when health falls by more.', 0, 100).optional(),
    for: duration('How long is looked.', 1000, 24 * HOUR, '1s to 1d').optional(),
    hold: duration('A hold nobody answers ends with a question after so long.', 1000, 24 * HOUR, '1s to 1d').optional(),
  });
}

/** How the way back is chosen and gone. */
export const strategy = section('How the way back is chosen and gone.', {
  use: z.enum(STRATEGIES).meta({ description: 'Always this one; without it the rules choose.' }).optional(),
  ladder: z
    .array(count('Percent of the traffic.', 1, 100))
    .max(20)
    .meta({ description: 'Shares of the traffic a progressive rollback goes through; 100 is added.' })
    .optional(),
  judge: stepJudge('How a step is judged before the next.').optional(),
  rules: z.array(rule).max(50).meta({ description: 'Rules before, or in the place of, the built-in ones.' }).optional(),
});

const kinds = z.array(z.enum(LEFT_KINDS), { error: `a list of ${LEFT_KINDS.join(', ')}` });

/** Where is looked for what a rollback leaves as it is. */
export const reviewed = section('Looks for what a rollback leaves as it is, before anybody says yes.', {
  repository: words('Folder of the git repository; without it no commits are looked into.').optional(),
  migrations: z
    .array(words('Pattern.'))
    .meta({ description: 'Paths of migrations; `*` within a folder, `**` any.' })
    .optional(),
  configuration: z.array(words('Pattern.')).meta({ description: 'Paths of configuration.' }).optional(),
  hook: z
    .array(words('Argument.'))
    .min(1)
    .meta({
      description:
        'Program that gets both versions and prints JSON: lists `notUndone`, `block`, `rollForward`, `unknown`; or what will not be undone, a line each.',
    })
    .optional(),
  block: z
    .union([z.boolean(), kinds], { error: `true, false or a list of ${LEFT_KINDS.join(', ')}` })
    .meta({ description: 'What keeps a rollback from being carried out unless a person overrides it: all, or kinds.' })
    .optional(),
  ignore: kinds.meta({ description: 'Kinds that are not shown and hold nothing.' }).optional(),
  timeout: duration('For each program that is asked.', 1000, 60_000, '1s to 60s').optional(),
});
