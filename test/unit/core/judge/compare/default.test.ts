import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparisonInput } from '../../../../../src/core/judge/compare/comparison.ts';
import { compareByDefault, DEFAULT_PARAMETERS } from '../../../../../src/core/judge/compare/default.ts';
import { compareAsKayenta, KAYENTA_PARAMETERS } from '../../../../../src/core/judge/compare/kayenta.ts';
import { mulberry32, normal } from '../../../../../src/core/simulate/rng.ts';

function input(
  control: readonly number[],
  experiment: readonly number[],
  change: Partial<ComparisonInput> = {},
): ComparisonInput {
  const base = {
    nanStrategy: 'remove',
    isCriticalMetric: false,
    isDataRequired: false,
    params: DEFAULT_PARAMETERS,
  } as const;
  return { ...base, control, experiment, ...change };
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const judged = (...given: Parameters<typeof input>): string => compareByDefault(input(...given)).classification;
const asKayenta = (control: readonly number[], experiment: readonly number[]): string =>
  compareAsKayenta(input(control, experiment, { params: KAYENTA_PARAMETERS })).classification;

/** An AR(1) of `phi` around 10, shifted by so many of its own standard deviations. */
function chain(phi: number, n: number, seed: number, shift = 0): number[] {
  const random = mulberry32(seed * 7919 + 13);
  const deviation = 1 / Math.sqrt(1 - phi * phi);
  let value = normal(random) * deviation;
  return Array.from({ length: n }, () => 10 + shift * deviation + (value = phi * value + normal(random)));
}

describe('series on which Kayenta passes and its users disagree', () => {
  const wide = [1, 100, 4, 101, 5, 102, 6, 103, 7, 104, 8, 105, 9, 106, 17];
  const narrow = [10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 17, 17.1, 17.2, 17.3, 17.4, 17.5, 17.6, 17.7];
  it.each([
    ['sparse errors against none (kayenta#426)', zeros(6), [0, 1, 2, 1, 0, 0], 'High'],
    ['7 of 10 at 100 against all 1 (spinnaker#6278)', Array(10).fill(1), [...Array(7).fill(100), 1, 1, 1], 'High'],
    ['a mean four times as high by half of the samples (kayenta#780)', narrow, wide, 'High'],
    ['the same the other way round', wide, narrow, 'Low'],
  ] as const)('%s: %s', (_, control, experiment, expected) => {
    expect(asKayenta(control as number[], experiment as number[])).toBe('Pass');
    expect(judged(control as number[], experiment as number[])).toBe(expected);
  });

  it('+650 % of the mean in spikes over many equal samples', () => {
    const control = Array.from({ length: 60 }, (_, i) => 2 + (i % 3));
    const experiment = control.map((value, i) => (i % 5 === 0 ? value + 98 : value));
    expect(asKayenta(control, experiment)).toBe('Pass');
    const result = compareByDefault(input(control, experiment));
    expect(result).toMatchObject({ classification: 'High' });
    expect(result.reason).toMatch(/^mean 3 → 22\.6 \(\+653 %\) by rare large values, p /);
  });

  it('missing samples count as 0 where asked to, also where a whole side is missing (kayenta#799)', () => {
    const errors = Array.from({ length: 25 }, (_, i) => (i % 5 === 0 ? 1 + (i % 2) : Number.NaN));
    const replaced = { nanStrategy: 'replace' } as const;
    expect(judged(Array(25).fill(Number.NaN), errors, replaced)).toBe('High');
    expect(judged([], errors, replaced)).toBe('High');
    expect(judged([], errors)).toBe('Nodata');
    expect(judged([], [], replaced)).toBe('Nodata');
  });
});

describe('what is no difference', () => {
  it.each([
    ['one error among sixty', zeros(60), zeros(60).with(30, 5)],
    ['the same constant', Array(9).fill(7), Array(9).fill(7)],
    ['a constant that jitters', Array(30).fill(50), Array.from({ length: 30 }, (_, i) => 50 + (i % 3) / 1000)],
    ['ties everywhere', [1, 1, 2, 2, 3, 3, 1, 2, 3, 2], [1, 2, 2, 3, 3, 1, 2, 2, 1, 3]],
    [
      'a clear shift of one percent',
      chain(0, 200, 1).map((v) => v / 100 + 100),
      chain(0, 200, 2).map((v) => v / 100 + 101),
    ],
  ])('%s', (_, control, experiment) => expect(judged(control as number[], experiment as number[])).toBe('Pass'));

  // Measured with seeds; Kayenta's judge stands beside it on the same series.
  it.each([
    [60, 0, 0.03],
    [60, 0.5, 0.03],
    [60, 0.8, 0.05],
    [60, 0.9, 0.08],
  ])('%d samples that keep %d of the last one: false alarms at most %d', (n, phi, limit) => {
    const rounds = 100;
    let [ours, kayentas] = [0, 0];
    for (let seed = 0; seed < rounds; seed += 1) {
      const [control, experiment] = [chain(phi, n, seed * 2), chain(phi, n, seed * 2 + 1)];
      if (judged(control, experiment) !== 'Pass') ours += 1;
      if (asKayenta(control, experiment) !== 'Pass') kayentas += 1;
    }
    expect(ours / rounds).toBeLessThanOrEqual(limit);
    if (phi >= 0.8) expect(kayentas / rounds).toBeGreaterThan(0.2);
  });

  it('does not pay for that with blindness: two deviations are seen', () => {
    const seen = Array.from({ length: 60 }, (_, seed) =>
      judged(chain(0.5, 60, seed * 2), chain(0.5, 60, seed * 2 + 1, 2)),
    );
    expect(seen.filter((one) => one === 'High').length).toBeGreaterThan(57);
  });
});

describe('parameters', () => {
  const control = chain(0, 40, 1);
  const higher = chain(0, 40, 2, 4);
  const params = (change: Partial<typeof DEFAULT_PARAMETERS>) => ({ params: { ...DEFAULT_PARAMETERS, ...change } });

  it('does not call a shift of few samples rare', () => {
    const { reason, classification } = compareByDefault(input([1, 2, 3, 2, 1], [9, 9, 8, 9, 9]));
    expect(classification).toBe('High');
    expect(reason).toMatch(/^mean 1\.8 → 8\.8 \(\+389 %\), p/);
  });

  it('says why a difference is no matter', () => {
    const [low, high] = [
      [...Array(40).keys()].map((i) => 100 + (i % 3)),
      [...Array(40).keys()].map((i) => 200 + (i % 3)),
    ];
    const reason = (control: readonly number[], experiment: readonly number[], direction: 'increase' | 'either') =>
      compareByDefault(input(control, experiment, { params: { ...DEFAULT_PARAMETERS, direction } })).reason;
    expect(reason(high, low, 'increase')).toMatch(/: not the direction that is worse$/);
    expect(
      reason(
        low,
        low.map((value) => value + 2),
        'either',
      ),
    ).toMatch(/: too small to matter$/);
    expect(reason(Array(20).fill(5), [...Array(19).fill(5), 9], 'increase')).toMatch(
      /: too few to be more than chance$/,
    );
    expect(reason(Array(20).fill(5), [...Array(10).fill(5), ...Array(10).fill(1)], 'increase')).toMatch(
      /^10 of 20 .*: not the direction that is worse$/,
    );
  });

  it('the direction decides which side counts', () => {
    expect(judged(control, higher, params({ direction: 'increase' }))).toBe('High');
    expect(judged(control, higher, params({ direction: 'decrease' }))).toBe('Pass');
    expect(judged(higher, control, params({ direction: 'decrease' }))).toBe('Low');
  });

  it('an allowed increase is a gate, a critical one makes a critical metric critical', () => {
    expect(judged(control, higher, params({ allowedIncrease: 2 }))).toBe('Pass');
    const critical = { isCriticalMetric: true, ...params({ criticalIncrease: 1.1 }) };
    expect(compareByDefault(input(control, higher, critical)).critical).toBe(true);
    expect(compareByDefault(input(control, higher, { ...critical, ...params({ criticalIncrease: 9 }) })).critical).toBe(
      false,
    );
  });

  it('too little data is no pass', () => {
    expect(judged([1, 2], [1, 2, 3])).toBe('Nodata');
    expect(judged([1, 2], [1, 2, 3], { isDataRequired: true })).toBe('NodataFailMetric');
    expect(compareByDefault(input([1, 2], [3], { isCriticalMetric: true })).critical).toBe(true);
  });

  it('gives evidence with a difference', () => {
    const { estimate, ci, pValue, reason } = compareByDefault(input(control, higher));
    expect(estimate).toBeGreaterThan(3);
    expect(ci!.low).toBeGreaterThan(0);
    expect(ci!.high).toBeGreaterThan(estimate!);
    expect(pValue).toBeLessThan(0.001);
    expect(reason).toMatch(/^median \d.* → 1\d\.\d \(\+\d+.* %\), p < 0\.001$/);
  });

  it('is deterministic and never throws', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 50 }), fc.constant(Number.NaN)), { maxLength: 40 });
    fc.assert(
      fc.property(values, values, fc.constantFrom('remove', 'replace'), (a, b, nanStrategy) => {
        const result = compareByDefault(input(a, b, { nanStrategy }));
        expect(compareByDefault(input(a, b, { nanStrategy }))).toEqual(result);
        expect(result.reason).not.toBe('');
        if (result.pValue !== null) expect(result.pValue).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
