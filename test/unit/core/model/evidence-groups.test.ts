import { expect, it } from 'vitest';
import { namedOf } from '../../../../src/core/model/evidence-groups.ts';
import { EVIDENCE } from '../../../builders/deciding.ts';

const lead = { ...EVIDENCE, metric: 'a', movesWith: 14 };
const along = { ...EVIDENCE, metric: 'b', movesAlong: 'a' };
const alone = { ...EVIDENCE, metric: 'c' };

it.each([
  [[EVIDENCE], 2, undefined, [EVIDENCE.metric], 0],
  [[alone, EVIDENCE, EVIDENCE], 2, undefined, ['c', EVIDENCE.metric], 1],
  [[lead, along], 2, 15, ['a'], 0],
  [[lead, along, alone], 2, 20, ['a', 'c'], 4],
  [[alone, lead, along], 1, 16, ['c'], 15],
] as const)(
  'names those that stand for others, and counts the rest: case %#',
  (evidence, count, failing, names, more) => {
    const named = namedOf(evidence, count, failing);
    expect(named.leads.map(({ metric }) => metric)).toEqual(names);
    expect(named.more).toBe(more);
  },
);
