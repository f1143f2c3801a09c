import { IsolationForest } from '../../stats/isolation-forest.ts';
import { SeededUniform } from '../../stats/seeded-uniform.ts';
import { gracePeriod } from '../common-parameters.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';
import { FEATURES, SeriesFeatures } from '../series-features.ts';

/** Values beyond this are not learned: their squares and differences must stay numbers. */
const LARGEST = 1e100;

/** A forest cannot tell how far outside a value is: this share of the trained range beyond it is anomalous by itself. */
const FAR_SHARE = 0.5;

const PARAMETERS = {
  limitQuantile: {
    default: 0.995,
    minimum: 0.5,
    maximum: 1,
    unit: 'share of the training rows',
    text: 'Anomalous when set apart more than this share of the samples the forest was grown from.',
  },
  trees: {
    default: 50,
    minimum: 10,
    maximum: 500,
    unit: 'trees',
    text: 'Scores are means over so many trees: scoring costs in proportion, the error falls with the root.',
  },
  sampleSize: {
    default: 256,
    minimum: 16,
    maximum: 4096,
    unit: 'rows',
    text: 'Rows each tree is grown from; more hide anomalies behind one another.',
  },
  keep: {
    default: 1440,
    minimum: 64,
    maximum: 20_000,
    unit: 'samples',
    text: 'Newest samples the forest is grown from, again after every quarter of them.',
  },
  gracePeriod: gracePeriod(50),
} as const satisfies Parameters;

/** An isolation forest over five numbers per sample, grown anew as the series goes on. README.md beside this file. */
class IsolationForestDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #settings: Readonly<Record<string, number>>;
  readonly #features: SeriesFeatures;
  readonly #random: SeededUniform;
  readonly #row = new Float64Array(FEATURES);
  /** Rows learned, newest last, and how many of them the forest in use was grown from, counted from the oldest. */
  #rows: number[];
  #fitted: readonly number[];
  #sinceFit: number;
  #forest: IsolationForest | null = null;
  #limit = Number.NaN;
  #middle = Number.NaN;
  #lowest = Number.NaN;
  #highest = Number.NaN;

  constructor(series: SeriesContext, settings: Readonly<Record<string, number>>, state: DetectorState | null) {
    const saved = state === null ? null : savedState('isolation-forest', state);
    const numbers = (name: string): readonly number[] => saved?.numbers(name) ?? [];
    this.#worse = series.worse;
    this.#settings = settings;
    this.#features = new SeriesFeatures(numbers('clock'), numbers('recent'), numbers('season'));
    this.#random = new SeededUniform(saved?.number('seed') ?? series.seed);
    this.#rows = [...numbers('rows')];
    this.#fitted = numbers('fitted');
    this.#sinceFit = saved?.number('sinceFit') ?? 0;
    if (this.#fitted.length > 0) this.#grow(this.#fitted);
  }

  scoreOne(value: number, atMs: number): number {
    if (this.#forest === null || !Number.isFinite(value)) return Number.NaN;
    if (this.#worse !== 'both' && value > this.#middle !== (this.#worse === 'up')) return 0;
    if (value === this.#middle) return 0;
    this.#features.describe(value, atMs, this.#row);
    // From the ordinary 0.5 up to the limit the score goes from 0 to 1.
    const apart = (this.#forest.score(this.#row) - 0.5) / (this.#limit - 0.5);
    const outside = Math.max(0, value - this.#highest, this.#lowest - value);
    const far = outside === 0 ? 0 : outside / ((this.#highest - this.#lowest) * FAR_SHARE);
    return Math.min(SCORE_CAP, Math.max(0, apart, far));
  }

  learnOne(value: number, atMs: number): void {
    if (!(Math.abs(value) <= LARGEST)) return;
    this.#features.describe(value, atMs, this.#row);
    this.#features.learn(value, atMs);
    this.#rows.push(...this.#row);
    const keep = this.#settings['keep']! * FEATURES;
    if (this.#rows.length > keep * 1.25) this.#rows = this.#rows.slice(-keep);
    this.#sinceFit += 1;
    const rows = this.#rows.length / FEATURES;
    if (rows < this.#settings['gracePeriod']!) return;
    // The first forests are small and soon old; later ones last a quarter of what is kept.
    if (this.#forest !== null && this.#sinceFit < Math.min(this.#settings['keep']! / 4, rows / 2)) return;
    this.#random.state = (this.#random.state + 1) >>> 0;
    this.#fitted = this.#rows.slice(-keep);
    this.#grow(this.#fitted);
    this.#sinceFit = 0;
  }

  explain(value: number): Explanation {
    const direction = value < this.#middle ? 'low' : 'high';
    return { expected: null, limit: null, sigma: null, direction };
  }

  save(): DetectorState {
    return {
      ...this.#features.save(),
      seed: this.#random.state,
      rows: [...this.#rows],
      fitted: this.#fitted,
      sinceFit: this.#sinceFit,
    };
  }

  /** Grows the forest for these rows; the generator is left as it was, so that a restored one grows the same. */
  #grow(fitted: readonly number[]): void {
    const rows = Float64Array.from(fitted);
    const { trees, sampleSize, limitQuantile } = this.#settings;
    this.#forest = IsolationForest.fit(
      rows,
      FEATURES,
      { trees: Math.round(trees!), sampleSize: Math.round(sampleSize!) },
      new SeededUniform(this.#random.state),
    );
    const count = rows.length / FEATURES;
    const scores = new Float64Array(count);
    const values = new Float64Array(count);
    for (let row = 0; row < count; row += 1) {
      scores[row] = this.#forest.score(rows, row * FEATURES);
      values[row] = rows[row * FEATURES]!;
    }
    scores.sort();
    values.sort();
    this.#middle = values[count >> 1]!;
    [this.#lowest, this.#highest] = [values[0]!, values[count - 1]!];
    // Never below 0.6: where nothing stands out, the farthest ordinary sample is no anomaly.
    this.#limit = Math.max(0.6, scores[Math.min(count - 1, Math.floor(limitQuantile! * count))]! + 0.01);
  }
}

/** Registry entry of the isolation forest. */
export const isolationForest: DetectorKind = {
  name: 'isolation-forest',
  text: 'How early random cuts set a sample apart from its past, by value, step, mean, deviation and the day before.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new IsolationForestDetector(series, completeParameters('isolation-forest', PARAMETERS, parameters), null);
  },
  restore(series, parameters, state) {
    return new IsolationForestDetector(series, completeParameters('isolation-forest', PARAMETERS, parameters), state);
  },
};
