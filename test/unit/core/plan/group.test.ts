import { describe, expect, it } from 'vitest';
import { blamedGroup, chosenGroup, deployedTogether } from '../../../../src/core/plan/group.ts';
import { deployment, T0 } from '../../../builders/judging.ts';

function at(pipeline: string, atMs: number, commit: string | null = null) {
  return { ...deployment(), id: `${pipeline}@v2@${atMs}`, pipeline, atMs, commit };
}

describe('deployed together', () => {
  const api = at('api', T0, 'abc');

  it('is the same commit at any time, or any commit at the same time', () => {
    const all = [api, at('web', T0 + 60_000), at('worker', T0 + 7_200_000, 'abc'), at('old', T0 - 9e9)];
    expect(deployedTogether(api, all, 300_000).map(({ pipeline }) => pipeline)).toEqual(['api', 'web', 'worker']);
  });

  it.each(['rollback', 'inferred'] as const)('is not what is %s', (origin) => {
    expect(deployedTogether(api, [api, { ...at('web', T0), origin }], 300_000)).toEqual([api]);
  });

  it('is of one environment', () => {
    const elsewhere = { ...at('web', T0), environment: 'elsewhere' };
    expect(deployedTogether(api, [api, elsewhere], 300_000)).toEqual([api]);
  });
});

describe('what goes back', () => {
  const together = ['api', 'mail', 'web', 'worker'];

  it('is what is blamed and what needs it, that first', () => {
    const group = blamedGroup(together, new Set(['api', 'elsewhere']), { web: ['api'] });
    expect(group.order).toEqual([
      { pipeline: 'web', why: 'it needs api, which goes back' },
      { pipeline: 'api', why: 'the evidence blames it' },
    ]);
    expect(group.left.map(({ pipeline }) => pipeline)).toEqual(['mail', 'worker']);
  });

  it('follows needs through services that are themselves not blamed', () => {
    const needs = { web: ['worker'], worker: ['api'] };
    const { order } = blamedGroup(together, new Set(['api']), needs);
    expect(order.map(({ pipeline }) => pipeline)).toEqual(['web', 'worker', 'api']);
  });

  it('is exactly what a person chose, with what is left behind said', () => {
    const group = chosenGroup(together, ['api', 'mail'], { web: ['api'] });
    expect(group.order.map(({ pipeline }) => pipeline)).toEqual(['api', 'mail']);
    expect(group.left).toEqual([
      { pipeline: 'web', why: 'not chosen, although it needs api, which goes back' },
      { pipeline: 'worker', why: 'not chosen' },
    ]);
  });
});
