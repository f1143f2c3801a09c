import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { persistenceFor, priorText } from '../../../../src/core/judge/risk-prior.ts';
import type { Risk } from '../../../../src/core/model/risk.ts';
import { risk } from '../../../builders/deciding.ts';

const ON = { persistence: 3, riskPrior: true };

describe('persistenceFor', () => {
  it.each([
    ['HIGH takes one fewer', risk('HIGH', 0.4), ON, 2],
    ['HIGH never goes below two', risk('HIGH', 0.9), { ...ON, persistence: 2 }, 2],
    ['HIGH does not raise what is configured lower', risk('HIGH', 0.9), { ...ON, persistence: 1 }, 1],
    ['half the usual risk is not unusually low', { ...risk('LOW', 0.015), baseRate: 0.03 }, ON, 3],
    ['less than half of it takes one more', { ...risk('LOW', 0.0149), baseRate: 0.03 }, ON, 4],
    ['LOW near the usual changes nothing', { ...risk('LOW', 0.03), baseRate: 0.03 }, ON, 3],
    ['nothing known changes nothing', null, ON, 3],
    ['turned off changes nothing after HIGH', risk('HIGH', 0.9), { ...ON, riskPrior: false }, 3],
    ['turned off changes nothing after LOW', risk('LOW', 0), { ...ON, riskPrior: false }, 3],
  ] as const)('%s', (_name, given, settings, expected) => {
    expect(persistenceFor(given, settings)).toBe(expected);
  });

  it('moves by one sample at most, never asks for fewer than two, and never for more after HIGH', () => {
    const risks = fc.record({
      label: fc.constantFrom<Risk['label']>('LOW', 'HIGH'),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      baseRate: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(risks, fc.integer({ min: 1, max: 1000 }), (given, persistence) => {
        const needed = persistenceFor({ ...risk('LOW', 0), ...given }, { persistence, riskPrior: true });
        expect(Math.abs(needed - persistence)).toBeLessThanOrEqual(1);
        expect(needed).toBeGreaterThanOrEqual(Math.min(2, persistence));
        if (given.label === 'HIGH') expect(needed).toBeLessThanOrEqual(persistence);
        else expect(needed).toBeGreaterThanOrEqual(persistence);
      }),
    );
  });
});

describe('priorText', () => {
  it('says what was changed, and nothing where nothing was', () => {
    expect(priorText(risk('HIGH', 0.4), ON)).toBe('risk HIGH: 2 in a row suffice');
    expect(priorText(risk('LOW', 0), ON)).toBe('risk LOW: 4 in a row needed');
    expect(priorText(risk('HIGH', 0.4), { ...ON, persistence: 2 })).toBe('');
    expect(priorText(null, ON)).toBe('');
  });
});
