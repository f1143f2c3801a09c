import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyImpossible } from '../../../../../src/core/decide/strategy/conditions.ts';
import { withRules } from '../../../../../src/core/decide/strategy/override-rules.ts';
import { AMBIGUOUS_BELOW, STRATEGY_RULES } from '../../../../../src/core/decide/strategy/rules.ts';
import { namedStrategy, selectStrategy } from '../../../../../src/core/decide/strategy/select.ts';
import {
  ABLE_TO_ALL,
  ALL_STRATEGIES,
  anySituation,
  PLAIN_ABILITIES,
  situation,
} from '../../../../builders/strategy.ts';

const INSTANT = ['full', 'blue-green'] as const;

describe('the table', () => {
  it.each([
    ['crash', { failure: 'crash' }, 'blue-green', 'crash'],
    ['errors', { failure: 'errors' }, 'blue-green', 'severe-errors'],
    ['slight errors', { failure: 'errors', severity: 'slight' }, 'progressive', 'otherwise'],
    ['latency', { failure: 'latency' }, 'progressive', 'latency'],
    ['saturation', { failure: 'saturation' }, 'progressive', 'saturation'],
    ['business only', { failure: 'business-only' }, 'ab', 'business-only'],
    ['slow and hardly used', { failure: 'latency', trafficPerMinute: 2 }, 'blue-green', 'little-traffic'],
    ['severe and total', { failure: 'latency', severity: 'severe' }, 'blue-green', 'severe-and-total'],
    ['not sure', { confidence: 0.5 }, 'progressive', 'ambiguous'],
    ['a migration', { notUndone: ['migration 12'] }, 'progressive', 'irreversible'],
    ['one of three', { blamed: ['api'], components: ['api', 'web', 'db'] }, 'partial', 'some-components'],
    ['slight, low risk', { severity: 'slight', risk: 'LOW', failure: 'crash' }, 'progressive', 'slight-and-low-risk'],
  ] as const)('%s', (_, change, strategy, rule) => {
    expect(selectStrategy(situation(change))).toMatchObject({ strategy, rule, ask: false });
  });

  it('leaves to a person what nothing decides, and says what was looked at', () => {
    const choice = selectStrategy(situation({ confidence: 0.5, abilities: PLAIN_ABILITIES }));
    expect(choice).toMatchObject({ strategy: 'full', ask: true, rule: null });
    expect(choice.because).toEqual([
      'full: a person decides',
      'the verdict is not sure enough to throw everything over at once, but progressive cannot be done (shares of the traffic cannot be set)',
      'not blue-green: the earlier version does not run beside the present one',
      'not progressive: shares of the traffic cannot be set',
      'not partial: it has no components of its own',
      'not ab: the earlier version does not run beside the present one',
    ]);
  });

  it('can be overridden by a config: by name in its place, else before all others', () => {
    const own = [
      { ...STRATEGY_RULES.find(({ name }) => name === 'crash')!, prefer: ['progressive'] as const },
      { name: 'never-at-night', when: { failure: ['latency'] }, prefer: ['full'], because: 'so', otherwise: 'ask' },
    ] as const;
    const rules = withRules(own);
    expect(rules).toHaveLength(STRATEGY_RULES.length + 1);
    expect(selectStrategy(situation({ failure: 'crash' }), rules).strategy).toBe('progressive');
    expect(selectStrategy(situation({ failure: 'latency' }), rules).rule).toBe('never-at-night');
  });
});

describe('properties', () => {
  it('never picks what the platform lacks or the situation forbids', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { strategy } = selectStrategy(one);
        if (strategy === null) expect(ALL_STRATEGIES.every((any) => whyImpossible(any, one) !== null)).toBe(true);
        else expect(whyImpossible(strategy, one)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('severe and total is instant, or a person is asked', () => {
    fc.assert(
      fc.property(anySituation, (any) => {
        const one = { ...any, severity: 'severe', blastRadius: 1 } as const;
        const choice = selectStrategy(one);
        const instant = INSTANT.some((way) => whyImpossible(way, one) === null);
        if (instant) expect(INSTANT).toContain(choice.strategy);
        else expect(choice.ask).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('ambiguous is progressive, or a person is asked, unless it is severe or points at components', () => {
    fc.assert(
      fc.property(anySituation, fc.double({ min: 0, max: AMBIGUOUS_BELOW - 0.01, noNaN: true }), (any, confidence) => {
        const one = { ...any, confidence, severity: 'serious', blamed: [] } as const;
        const choice = selectStrategy(one);
        expect(choice.ask || choice.strategy === 'progressive').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a reason for the one it takes and for each it does not, always the same', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const choice = selectStrategy(one);
        const named = [choice.strategy, ...choice.rejected.map(({ strategy }) => strategy)].filter((s) => s !== null);
        expect(named.toSorted()).toEqual(ALL_STRATEGIES.toSorted());
        expect(choice.because.every((text) => text.length > 5)).toBe(true);
        expect(selectStrategy(one)).toEqual(choice);
      }),
    );
  });
});

describe('a strategy a person names', () => {
  it('is taken where it can be done and refused with the reason where not', () => {
    expect(namedStrategy('full', situation(), 'ann')).toMatchObject({
      strategy: 'full',
      because: ['full: chosen by ann'],
    });
    const none = namedStrategy('ab', situation({ abilities: PLAIN_ABILITIES }), 'ann');
    expect(none).toMatchObject({ strategy: null });
    expect(none.because[0]).toContain('does not run beside');
    expect(
      namedStrategy('progressive', situation({ abilities: ABLE_TO_ALL, trafficPerMinute: 1 }), 'ann').strategy,
    ).toBeNull();
  });
});
