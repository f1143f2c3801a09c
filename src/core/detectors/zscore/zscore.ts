import type { MomentsState } from '../../stats/moving-moments.ts';
import { MovingMoments } from '../../stats/moving-moments.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { completeParameters } from '../parameters.ts';

/** Scores are capped here: a series that was exactly constant has no scale, and any change of it is beyond all bounds. */
const SCORE_CAP = 1000;

const PARAMETERS = {
  limit: {
    default: 2,
    minimum: 0.5,
    maximum: 100,
    unit: 'standard deviations',
    text: 'Anomalous beyond this distance from the mean of the window; 2 is the usual first guess, persistence guards the rest.',
  },
  window: {
    default: 60,
    minimum: 3,
    maximum: 100_000,
    unit: 'samples',
    text: 'Trailing window the mean and deviation are taken from; the sample that is scored is not in it.',
  },
  gracePeriod: {
    default: 10,
    minimum: 2,
    maximum: 100_000,
    unit: 'samples',
    text: 'Samples to learn before anything is scored: fewer say little about the deviation.',
  },
  floorPercent: {
    default: 10,
    minimum: 0,
    maximum: 100,
    unit: 'percent of the mean',
    text: 'The deviation counts as at least this much, so that a very steady series does not fire on a change nobody would act on.',
  },
  limitFloorPercent: {
    default: 2.5,
    minimum: 0,
    maximum: 100,
    unit: 'percent of the absolute limit',
    text: 'The same, relative to the absolute limit of the metric: the scale of a series that rests at zero.',
  },
} as const satisfies Parameters;

/**
 * Distance from the mean of a trailing window, in standard deviations.
 *
 * z = (value − mean) / scale, scale = max(deviation, floorPercent · |mean|, limitFloorPercent · |limit|), with mean and
 * deviation (n − 1) of the last `window` learned samples, never the one being scored. One-sided in the direction in
 * which the metric gets worse, two-sided for `both`. score = z / limit, 0 on the good side, capped at 1000.
 * NaN before `gracePeriod` samples and for NaN or infinite input. A series whose scale is 0 (all zeros, no absolute
 * limit) scores the cap on any change for the worse. O(1) per sample on average, no allocation, 8 bytes per sample of
 * the window. Works badly on seasonal series and slow drifts (the window drifts along), and on heavy tails, where
 * 2 deviations are ordinary. Never throws.
 *
 * Example: after 10, 12, 8, 10, 12, 8 (mean 10, deviation 1.79) with limit 2, 20 scores 10 / 1.79 / 2 = 2.80.
 */
class ZscoreDetector implements Detector {
  readonly #moments: MovingMoments;
  readonly #worse: SeriesContext['worse'];
  readonly #limit: number;
  readonly #gracePeriod: number;
  readonly #floorRatio: number;
  readonly #floor: number;

  constructor(series: SeriesContext, p: Readonly<Record<string, number>>, saved: MomentsState | null) {
    const value = (name: keyof typeof PARAMETERS): number => p[name] ?? PARAMETERS[name].default;
    const window = Math.round(value('window'));
    this.#moments = saved === null ? new MovingMoments(window) : MovingMoments.restore(window, saved);
    this.#worse = series.worse;
    this.#limit = value('limit');
    this.#gracePeriod = Math.min(value('gracePeriod'), window);
    this.#floorRatio = value('floorPercent') / 100;
    this.#floor = (Math.abs(series.limit ?? 0) * value('limitFloorPercent')) / 100;
  }

  scoreOne(value: number): number {
    if (this.#moments.count < this.#gracePeriod || !Number.isFinite(value)) return Number.NaN;
    const away = value - this.#moments.mean;
    const worse = this.#worse === 'up' ? away : this.#worse === 'down' ? -away : Math.abs(away);
    if (worse <= 0) return 0;
    return Math.min(SCORE_CAP, worse / (this.#scale() * this.#limit));
  }

  learnOne(value: number): void {
    this.#moments.push(value);
  }

  explain(value: number): Explanation {
    const { mean } = this.#moments;
    const direction = value < mean ? 'low' : 'high';
    if (this.#moments.count < this.#gracePeriod) return { expected: null, limit: null, sigma: null, direction };
    const scale = this.#scale();
    const reach = scale * this.#limit;
    const sigma = Math.abs(value - mean) / scale;
    return {
      expected: { low: mean - reach, high: mean + reach },
      limit: null,
      sigma: Number.isFinite(sigma) ? sigma : null,
      direction,
    };
  }

  save(): DetectorState {
    return { ...this.#moments.save() };
  }

  #scale(): number {
    const { deviation, mean } = this.#moments;
    return Math.max(deviation, Math.abs(mean) * this.#floorRatio, this.#floor);
  }
}

function momentsOf(state: DetectorState): MomentsState {
  const record: Readonly<Record<string, number | readonly number[]>> = Array.isArray(state)
    ? {}
    : (state as Readonly<Record<string, number | readonly number[]>>);
  const values = record['values'];
  const number = (name: string): number => (typeof record[name] === 'number' ? record[name] : Number.NaN);
  const found = { mean: number('mean'), squares: number('squares'), sinceExact: number('sinceExact') };
  if (!Array.isArray(values) || Object.values(found).some(Number.isNaN)) {
    throw new TypeError('zscore state needs values, mean, squares and sinceExact');
  }
  return { values, ...found };
}

/** Registry entry of the trailing z-score. */
export const zscore: DetectorKind = {
  name: 'zscore',
  text: 'Distance from the mean of the samples before it, in standard deviations.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new ZscoreDetector(series, completeParameters('zscore', PARAMETERS, parameters), null);
  },
  restore(series, parameters, state) {
    return new ZscoreDetector(series, completeParameters('zscore', PARAMETERS, parameters), momentsOf(state));
  },
};
