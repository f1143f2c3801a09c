import { describe, expect, it } from 'vitest';
import type { Comparison, ComparisonInput } from '../../../../../src/core/judge/compare/comparison.ts';
import { compareAsKayenta, KAYENTA_PARAMETERS } from '../../../../../src/core/judge/compare/kayenta.ts';
import { compareMeans } from '../../../../../src/core/judge/compare/mean-inequality.ts';
import { classifySummary, summaryScore, type ScoredMetric } from '../../../../../src/core/judge/compare/score.ts';
import { sharedJson } from '../../../../shared-data.ts';

interface KayentaCases {
  readonly classifierCases: readonly {
    readonly name: string;
    readonly classifier: string;
    readonly params: ComparisonInput['params'];
    readonly direction: ComparisonInput['params']['direction'];
    readonly nanStrategy: ComparisonInput['nanStrategy'];
    readonly isCriticalMetric: boolean;
    readonly isDataRequired: boolean;
    readonly experiment: readonly (number | string | null)[];
    readonly control: readonly (number | string | null)[];
    readonly expected: {
      readonly classification: string | null;
      readonly critical?: boolean;
      readonly deviation?: number | 'NaN';
    };
  }[];
  readonly scorerCases: readonly {
    readonly name: string;
    readonly metrics: readonly ScoredMetric[];
    readonly groupWeights: Readonly<Record<string, number>>;
    readonly expectedSummaryScore: number;
  }[];
}

const cases = sharedJson('judge/kayenta-cases.json') as KayentaCases | null;
const numbers = (values: readonly (number | string | null)[]): readonly number[] =>
  values.map((value) => (value === null ? Number.NaN : Number(value)));

function input(
  control: readonly number[],
  experiment: readonly number[],
  change: Partial<ComparisonInput> = {},
): ComparisonInput {
  const base = {
    nanStrategy: 'remove',
    isCriticalMetric: false,
    isDataRequired: false,
    params: KAYENTA_PARAMETERS,
  } as const;
  return { ...base, control, experiment, ...change };
}

describe.skipIf(cases === null)("Kayenta's own cases", () => {
  it.each(cases?.classifierCases ?? [])('$name', (one) => {
    const judge = one.classifier === 'MannWhitneyClassifier' ? compareAsKayenta : compareMeans;
    const params = { ...one.params, direction: one.direction };
    const { nanStrategy, isCriticalMetric, isDataRequired } = one;
    const result: Comparison = judge(
      input(numbers(one.control), numbers(one.experiment), { params, nanStrategy, isCriticalMetric, isDataRequired }),
    );
    if (one.expected.classification !== null) expect(result.classification).toBe(one.expected.classification);
    if (one.expected.critical !== undefined) expect(result.critical).toBe(one.expected.critical);
    if (one.expected.deviation !== undefined) expect(result.deviation).toBe(Number(one.expected.deviation));
    expect(result.reason).not.toBe('');
  });

  it.each(cases?.scorerCases ?? [])('$name', ({ metrics, groupWeights, expectedSummaryScore }) => {
    expect(summaryScore(metrics, groupWeights).score).toBe(expectedSummaryScore);
  });
});

describe('compareAsKayenta', () => {
  it.each([
    ['remove', false, 'Nodata'],
    ['remove', true, 'NodataFailMetric'],
    ['replace', true, 'Pass'],
  ] as const)('without samples, strategy %s, data required %s: %s', (nanStrategy, isDataRequired, expected) => {
    expect(compareAsKayenta(input([], [1], { nanStrategy, isDataRequired })).classification).toBe(expected);
  });

  it('compares two constants without ranks', () => {
    const result = compareAsKayenta(input([10, 10, 10], [20, 20, 20]));
    expect(result).toMatchObject({ classification: 'High', estimate: 10, ci: { low: 10, high: 10 }, deviation: 2 });
  });

  it('counts missing samples as 0 only where asked to', () => {
    const holes = [Number.NaN, Number.NaN, 8, 9, Number.NaN, 8, Number.NaN];
    expect(compareAsKayenta(input(holes, holes, { nanStrategy: 'replace' })).deviation).toBe(1);
    expect(compareAsKayenta(input(holes, [8, 8, 9])).classification).toBe('Pass');
  });
});

describe('summaryScore', () => {
  const metric = (name: string, classification: ScoredMetric['classification'], critical = false): ScoredMetric => {
    return { name, classification, critical, groups: ['all'] };
  };
  it('is 0 when a critical metric failed', () => {
    const result = summaryScore([metric('a', 'Pass'), metric('b', 'High', true)], {});
    expect(result).toMatchObject({ score: 0, reason: 'critical: b' });
  });
  it.each([
    [95, 'Pass'],
    [94.99, 'Marginal'],
    [75, 'Marginal'],
    [74.99, 'Fail'],
  ] as const)('%d is %s', (score, expected) => expect(classifySummary(score, 95, 75)).toBe(expected));
});
