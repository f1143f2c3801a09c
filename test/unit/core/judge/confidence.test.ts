import { describe, expect, it } from 'vitest';
import { confidenceOf } from '../../../../src/core/judge/confidence.ts';
import { EVIDENCE } from '../../../builders/deciding.ts';

const facts = {
  phase: 'Failed',
  evidence: [{ ...EVIDENCE, inARow: 3, score: 1.5 }],
  coverage: 1,
  samples: 30,
  minimumSamples: 10,
  progress: 0.5,
  blame: null,
  doubtful: false,
} as const;

describe('confidenceOf', () => {
  it('follows its formula', () => {
    expect(confidenceOf(facts)).toBeCloseTo(0.75 * 0.75, 3);
    expect(confidenceOf({ ...facts, evidence: [...facts.evidence, ...facts.evidence] })).toBeCloseTo(
      1 - 0.4375 ** 2,
      3,
    );
    expect(confidenceOf({ ...facts, phase: 'Successful' })).toBeCloseTo(0.75, 3);
    expect(confidenceOf({ ...facts, phase: 'Running' })).toBeCloseTo(0.375, 3);
    expect(confidenceOf({ ...facts, doubtful: true })).toBeCloseTo(0.281, 3);
  });

  it('of a failure is less the longer ago the deployment was', () => {
    expect(confidenceOf({ ...facts, blame: 0.5 })).toBeCloseTo(0.281, 3);
    expect(confidenceOf({ ...facts, phase: 'Successful', blame: 0.5 })).toBeCloseTo(0.75, 3);
  });

  it('is 0 where nothing is known', () => {
    for (const phase of ['Pending', 'Inconclusive', 'NoData', 'Error'] as const) {
      expect(confidenceOf({ ...facts, phase })).toBe(0);
    }
  });

  it('grows with the length of the run and the score', () => {
    const of = (inARow: number, score: number): number =>
      confidenceOf({ ...facts, evidence: [{ ...EVIDENCE, inARow, score }] });
    expect(of(6, 1.5)).toBeGreaterThan(of(3, 1.5));
    expect(of(3, 5)).toBeGreaterThan(of(3, 1.5));
  });
});
