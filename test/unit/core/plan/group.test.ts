import { describe, expect, it } from 'vitest';
import { rollbackGroup } from '../../../../src/core/plan/group.ts';
import { deployment, T0 } from '../../../builders/judging.ts';

function at(pipeline: string, atMs: number, commit: string | null = null) {
  return { ...deployment(), id: `${pipeline}@v2@${atMs}`, pipeline, atMs, commit };
}

describe('a group', () => {
  const api = at('api', T0, 'abc');
  const all = [
    api,
    at('web', T0 + 60_000),
    at('worker', T0 + 7_200_000, 'abc'),
    at('mail', T0 + 30_000),
    at('old', T0 - 9e9),
  ];

  it('is what was deployed together; what is blamed goes back, and what needs it', () => {
    const group = rollbackGroup(api, all, new Set(['api']), { web: ['api'] }, 300_000);
    expect(group.together.map(({ pipeline }) => pipeline).toSorted()).toEqual(['api', 'mail', 'web', 'worker']);
    expect(group.order).toEqual(['web', 'api']);
    expect(group.left.map(({ pipeline }) => pipeline).toSorted()).toEqual(['mail', 'worker']);
  });

  it('takes along what is blamed although its analysis has ended', () => {
    expect(rollbackGroup(api, all, new Set(['worker']), {}, 300_000).order.toSorted()).toEqual(['api', 'worker']);
  });

  it('leaves what is a return already', () => {
    const returned = { ...at('web', T0), origin: 'rollback' } as const;
    expect(rollbackGroup(api, [api, returned], new Set(['web']), {}, 300_000).order).toEqual(['api']);
  });
});
