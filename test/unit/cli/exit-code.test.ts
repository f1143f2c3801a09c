import { describe, expect, it } from 'vitest';
import { mostSerious, type Outcome } from '../../../src/core/session/outcome.ts';
import { EXIT, EXIT_MEANINGS, exitCodeOf } from '../../../src/cli/exit-code.ts';

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

  it.each<[readonly Outcome[], number]>([
    [[], 0],
    [['fine', 'inconclusive'], 11],
    [['inconclusive', 'asked'], 10],
    [['asked', 'rolled-back'], 12],
    [['rolled-back', 'refused'], 14],
    [['refused', 'restored-unhealthy'], 15],
    [['restored-unhealthy', 'rollback-failed'], 13],
    [['fine', 'rolled-back', 'rollback-failed', 'asked', 'restored-unhealthy', 'refused', 'inconclusive'], 13],
  ])('of %j the most serious is %i', (outcomes, code) => {
    expect(exitCodeOf(mostSerious(outcomes))).toBe(code);
    expect(exitCodeOf(mostSerious(outcomes.toReversed()))).toBe(code);
  });
});
