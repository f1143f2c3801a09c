/** Files of a new detector: it is silent and its own test fails until it scores. */
export function detectorFiles(name: string, identifier: string): Readonly<Record<string, string>> {
  return {
    [`src/core/detectors/${name}/${name}.ts`]: `import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { completeParameters } from '../parameters.ts';

const PARAMETERS = {
  limit: {
    default: 3,
    minimum: 0.5,
    maximum: 100,
    unit: 'the unit of its scale',
    text: 'Anomalous beyond this; say here why the default is what it is.',
  },
} as const satisfies Parameters;

/**
 * One sentence: what it finds.
 *
 * Formula, range and which direction is worse, warm-up, NaN and empty behaviour, cost per sample, when it works badly,
 * an example whose numbers a test runs, the reference.
 */
class NewDetector implements Detector {
  readonly #limit: number;

  constructor(_series: SeriesContext, parameters: Readonly<Record<string, number>>) {
    this.#limit = parameters['limit'] ?? PARAMETERS.limit.default;
  }

  scoreOne(_value: number): number {
    return Number.NaN;
  }

  learnOne(_value: number): void {
    return undefined;
  }

  explain(_value: number): Explanation {
    return { expected: null, limit: this.#limit, sigma: null, direction: 'high' };
  }

  save(): DetectorState {
    return [];
  }
}

/** Registry entry. */
export const ${identifier}: DetectorKind = {
  name: '${name}',
  text: 'What it finds, in one sentence.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create: (series, parameters) => new NewDetector(series, completeParameters('${name}', PARAMETERS, parameters)),
  restore: (series, parameters, _state) => new NewDetector(series, completeParameters('${name}', PARAMETERS, parameters)),
};
`,
    [`src/core/detectors/${name}/README.md`]: `# ${name}

Formula · defaults and why · when it works badly · reference.
`,
    [`test/unit/core/detectors/${name}.test.ts`]: `import { expect, it } from 'vitest';
import { ${identifier} } from '../../../../src/core/detectors/${name}/${name}.ts';

it('fires on a jump after a quiet stretch', () => {
  const detector = ${identifier}.create({ metric: 'response_time', worse: 'up', limit: 600, seed: 1 }, {});
  for (let i = 0; i < 60; i += 1) detector.learnOne(100 + (i % 5), i * 1000);
  expect(detector.scoreOne(900, 60_000)).toBeGreaterThan(1);
});
`,
  };
}
