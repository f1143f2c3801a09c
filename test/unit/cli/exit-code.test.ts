import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BY_SERIOUSNESS, mostSerious, type Outcome } from '../../../src/core/session/outcome.ts';
import { EXIT, EXIT_MEANINGS, exitCodeOf, mostSeriousCode } from '../../../src/cli/exit-code.ts';

describe('exit codes', () => {
  it.each<[Outcome, number]>([
    ['fine', 0],
    ['asked', 10],
    ['inconclusive', 11],
    ['rolled-back', 12],
    ['rollback-failed', 13],
    ['refused', 14],
    ['restored-unhealthy', 15],
  ])('%s is %i', (outcome, code) => {
    expect(exitCodeOf(outcome)).toBe(code);
  });

  it('are all explained in the help', () => {
    expect(EXIT_MEANINGS.map(([code]) => code)).toEqual([0, 1, 2, 10, 11, 12, 13, 14, 15]);
    expect(Object.values(EXIT).toSorted((a, b) => a - b)).toEqual(EXIT_MEANINGS.map(([code]) => code));
  });

  it.each([
    [[], 0],
    [[0, 11], 11],
    [[11, 10], 10],
    [[10, 12], 12],
    [[12, 14], 14],
    [[14, 15], 15],
    [[15, 13], 13],
    [[0, 10, 11, 12, 13, 14, 15], 13],
  ])('of %j the most serious is %i', (codes, code) => {
    expect(mostSeriousCode(codes)).toBe(code);
    expect(mostSeriousCode(codes.toReversed())).toBe(code);
  });

  it('are ordered as the outcomes are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BY_SERIOUSNESS)), (outcomes) => {
        expect(mostSeriousCode(outcomes.map(exitCodeOf))).toBe(exitCodeOf(mostSerious(outcomes)));
      }),
    );
  });
});
