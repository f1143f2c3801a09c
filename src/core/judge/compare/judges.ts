import type { Comparison, ComparisonInput, ComparisonParameters } from './comparison.ts';
import { compareByDefault, DEFAULT_PARAMETERS } from './default.ts';
import { compareAsKayenta, KAYENTA_PARAMETERS } from './kayenta.ts';
import { compareMeans } from './mean-inequality.ts';

/** A way of comparing two samples. */
export interface Judge {
  readonly text: string;
  readonly parameters: ComparisonParameters;
  readonly compare: (input: ComparisonInput) => Comparison;
}

/** The judges by name; the first is the one used when none is asked for. */
export const JUDGES = {
  default: {
    text: 'effect size first, certainty reduced for dependence, zero baselines and sparse errors understood',
    parameters: DEFAULT_PARAMETERS,
    compare: compareByDefault,
  },
  kayenta: {
    text: "as Kayenta's NetflixACAJudge-v1.0: Mann-Whitney interval beyond a tolerance",
    parameters: KAYENTA_PARAMETERS,
    compare: compareAsKayenta,
  },
  means: { text: 'the means alone, for comparison', parameters: KAYENTA_PARAMETERS, compare: compareMeans },
} as const satisfies Record<string, Judge>;

export type JudgeName = keyof typeof JUDGES;
