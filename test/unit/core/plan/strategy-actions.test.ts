import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollbackOrder } from '../../../../src/core/plan/dependency-order.ts';
import { PlanFault } from '../../../../src/core/plan/plan-fault.ts';
import { strategyActions, type PlanSituation } from '../../../../src/core/plan/strategy-actions.ts';
import { ABLE_TO_ALL, ALL_STRATEGIES, PLAIN_ABILITIES } from '../../../builders/strategy.ts';

function at(change: Partial<PlanSituation> = {}): PlanSituation {
  return { abilities: ABLE_TO_ALL, ladder: [10, 50], servedPercent: 0, components: ['web'], needs: {}, ...change };
}

function words(...args: Parameters<typeof strategyActions>): readonly string[] {
  return strategyActions(...args).map((one) => ('percent' in one ? `${one.kind} ${one.percent}` : one.kind));
}

describe('steps of a strategy', () => {
  it('are those of its kind, what reads before what changes', () => {
    expect(words('full', at())).toEqual(['undo']);
    expect(words('blue-green', at())).toEqual(['check-capacity 100', 'switch']);
    expect(words('progressive', at())).toEqual([
      'check-capacity 10',
      'scale 10',
      'traffic 10',
      'scale 50',
      'traffic 50',
      'scale 100',
      'traffic 100',
    ]);
    expect(words('ab', at()).at(-1)).toBe('drain');
  });

  it('want all of the capacity where none can be added on the way', () => {
    const actions = ['check-capacity', 'traffic'] as const;
    expect(words('progressive', at({ abilities: { ...ABLE_TO_ALL, actions } }))).toEqual([
      'check-capacity 100',
      'traffic 10',
      'traffic 50',
      'traffic 100',
    ]);
  });

  it('leave out shares the earlier version has already', () => {
    expect(words('progressive', at({ servedPercent: 50 })).filter((one) => one.startsWith('traffic'))).toEqual([
      'traffic 100',
    ]);
  });

  it('are refused with the reason of the platform', () => {
    expect(() => strategyActions('progressive', at({ abilities: PLAIN_ABILITIES }))).toThrow(
      new PlanFault('progressive cannot be done: shares of the traffic cannot be set'),
    );
    const lying = { ...ABLE_TO_ALL, actions: ['undo'] } as const;
    expect(() => strategyActions('blue-green', at({ abilities: lying }))).toThrow('blue-green needs switch');
    expect(() => strategyActions('partial', at({ components: [] }))).toThrow('no component');
  });

  it('never take an action the platform lacks, and traffic only rises and ends at 100', () => {
    const able = fc.subarray([...ABLE_TO_ALL.actions]).map((actions) => ({ ...ABLE_TO_ALL, actions }));
    const ladder = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 6 });
    fc.assert(
      fc.property(able, fc.constantFrom(...ALL_STRATEGIES), ladder, (abilities, strategy, shares) => {
        let actions;
        try {
          actions = strategyActions(strategy, at({ abilities, ladder: shares }));
        } catch (error) {
          expect(error).toBeInstanceOf(PlanFault);
          return;
        }
        expect(actions.every(({ kind }) => abilities.actions.includes(kind))).toBe(true);
        const traffic = actions.flatMap((one) => (one.kind === 'traffic' ? [one.percent] : []));
        expect(traffic).toEqual(traffic.toSorted((a, b) => a - b));
        if (traffic.length > 0) expect(traffic.at(-1)).toBe(100);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the order of components', () => {
  it('takes what needs others before those others, also through ones that stay', () => {
    const needs = { web: ['api'], api: ['db'], worker: ['db'] };
    expect(rollbackOrder(['db', 'api', 'web', 'worker'], needs)).toEqual(['web', 'api', 'worker', 'db']);
    expect(rollbackOrder(['db', 'web'], needs)).toEqual(['web', 'db']);
  });

  it('names a circle', () => {
    expect(() => rollbackOrder(['a', 'b'], { a: ['b'], b: ['a'] })).toThrow('in a circle: ');
  });
});
