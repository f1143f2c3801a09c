import { describe, expect, it } from 'vitest';
import { missingForAuto } from '../../../../src/core/decide/auto-evidence.ts';
import type { Evidence } from '../../../../src/core/model/verdict.ts';

const POLICY = { autoPersistence: 6, autoScore: 1.4 };

function evidence(change: Partial<Evidence>): Evidence {
  return {
    metric: 'response_time',
    unit: 'ms',
    detector: 'ensemble',
    observed: 900,
    expected: null,
    limit: null,
    score: 2,
    sigma: null,
    direction: 'high',
    sinceMs: 0,
    inARow: 6,
    ...change,
  };
}

describe('missingForAuto', () => {
  it('asks for a longer run than a question takes', () => {
    expect(missingForAuto([evidence({ inARow: 5 })], POLICY)).toBe('5 of 6 in a row');
    expect(missingForAuto([], POLICY)).toBe('0 of 6 in a row');
    expect(missingForAuto([evidence({})], POLICY)).toBeNull();
  });

  it('goes by how high a change was as it began, not by what it grew to against an old level', () => {
    const weak = evidence({ score: 9, resting: { onsetScore: 1.2, aloneInARow: 0 } });
    expect(missingForAuto([weak], POLICY)).toBe('no more than 1.2 times its limit as it began, acting alone needs 1.4');
    expect(missingForAuto([evidence({ resting: { onsetScore: 1.4, aloneInARow: 0 } })], POLICY)).toBeNull();
    expect(missingForAuto([weak], { autoPersistence: 6 })).toBeNull();
  });

  it('asks for no score where as many samples are beyond an absolute limit by themselves', () => {
    const both = evidence({ resting: { onsetScore: 1.1, aloneInARow: 6 } });
    expect(missingForAuto([both], POLICY)).toBeNull();
  });

  it('wants both of one metric', () => {
    const long = evidence({ inARow: 9, resting: { onsetScore: 1.1, aloneInARow: 2 } });
    const strong = evidence({ inARow: 3, resting: { onsetScore: 4, aloneInARow: 3 } });
    expect(missingForAuto([long, strong], POLICY)).toContain('no more than 1.1 times');
  });
});
