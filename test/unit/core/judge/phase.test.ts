import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseOf, type PhaseFacts } from '../../../../src/core/judge/phase.ts';

const WATCHED: PhaseFacts = {
  error: null,
  hasRows: true,
  freshness: 'live',
  inferred: false,
  noBaseline: false,
  samples: 50,
  minimumSamples: 10,
  enoughTraffic: true,
  blamed: 0,
  pending: 0,
  near: 0,
  vetoed: 0,
  common: 0,
  settled: false,
  recovered: false,
  shared: false,
  limit: null,
};

const anyFacts = fc.record({
  error: fc.constantFrom(null, 'broken'),
  hasRows: fc.boolean(),
  freshness: fc.constantFrom('live', 'recorded', 'stale', 'replayed', 'future'),
  inferred: fc.boolean(),
  noBaseline: fc.boolean(),
  samples: fc.nat(20),
  minimumSamples: fc.constant(10),
  enoughTraffic: fc.boolean(),
  blamed: fc.nat(2),
  pending: fc.nat(2),
  near: fc.nat(2),
  vetoed: fc.nat(2),
  common: fc.nat(2),
  settled: fc.boolean(),
  recovered: fc.boolean(),
  shared: fc.boolean(),
  limit: fc.constantFrom(null, 'Inconclusive', 'Error'),
}) as fc.Arbitrary<PhaseFacts>;

describe('phaseOf', () => {
  it.each([
    [{}, 'Running watching'],
    [{ samples: 0 }, 'Pending warming-up'],
    [{ samples: 9, blamed: 1 }, 'Inconclusive too-few-samples'],
    [{ enoughTraffic: false, blamed: 1 }, 'Inconclusive too-little-traffic'],
    [{ blamed: 1, pending: 3, vetoed: 1 }, 'Failed anomaly'],
    [{ blamed: 1, shared: true }, 'Failed shared-cause'],
    [{ pending: 1, recovered: true }, 'Running anomaly-pending'],
    [{ near: 1, recovered: true }, 'Running near-limit'],
    [{ near: 1, pending: 1 }, 'Running anomaly-pending'],
    [{ near: 1, vetoed: 1 }, 'Running bad-before'],
    [{ near: 1, settled: true }, 'Successful healthy'],
    [{ vetoed: 1 }, 'Running bad-before'],
    [{ vetoed: 1, common: 1 }, 'Running at-peers'],
    [{ blamed: 1, common: 1 }, 'Failed anomaly'],
    [{ recovered: true }, 'Running recovered'],
    [{ noBaseline: true }, 'Running no-baseline'],
    [{ settled: true }, 'Successful healthy'],
    [{ settled: true, freshness: 'recorded' }, 'Successful watching'],
    [{ settled: true, blamed: 1 }, 'Successful anomaly'],
    [{ settled: true, inferred: true, blamed: 1 }, 'Failed anomaly'],
    [{ settled: true, inferred: true }, 'Successful no-baseline'],
    [{ freshness: 'stale', blamed: 1 }, 'NoData stale'],
    [{ freshness: 'future' }, 'NoData future-dated'],
    [{ hasRows: false }, 'NoData no-data'],
    [{ error: 'broken', hasRows: false }, 'Error analysis-error'],
  ] as const)('%j is %s', (change, expected) => {
    const { phase, reason } = phaseOf({ ...WATCHED, ...change });
    expect(`${phase} ${reason}`).toBe(expected);
  });

  it('rule 1: what is not live is never called healthy, and silence is never a pass', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { phase, reason } = phaseOf(facts);
        if (facts.freshness !== 'live') expect(reason).not.toBe('healthy');
        if (facts.freshness === 'stale' || facts.freshness === 'future' || !facts.hasRows) {
          expect(['NoData', 'Error']).toContain(phase);
        }
      }),
    );
  });

  it('rule 3: too few samples or too little traffic never fail and never pass an analysis', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { phase } = phaseOf(facts);
        const tooLittle = facts.samples < facts.minimumSamples || !facts.enoughTraffic;
        if (!facts.settled && tooLittle) expect(['Failed', 'Successful', 'Running']).not.toContain(phase);
      }),
    );
  });
});

it('says which limit of the measurements is passed, after a failure and before anything else', () => {
  expect(phaseOf({ ...WATCHED, limit: 'Error' })).toEqual({ phase: 'Error', reason: 'limits' });
  expect(phaseOf({ ...WATCHED, limit: 'Inconclusive', pending: 1 })).toEqual({
    phase: 'Inconclusive',
    reason: 'limits',
  });
  expect(phaseOf({ ...WATCHED, limit: 'Error', blamed: 1 })).toEqual({ phase: 'Failed', reason: 'anomaly' });
});
