import type { Detector, DetectorKind, DetectorState, Explanation, SeriesContext } from '../detector.ts';
import { completeParameters } from '../parameters.ts';

/** The smallest score that is beyond the limit: keeps `>` strict where the distance rounds away. */
const JUST_BEYOND = 1 + Number.EPSILON;

/** Scores are capped here, so that an absurd value stays a number that can be stored and compared. */
const SCORE_CAP = 1000;

/**
 * An absolute limit: anomalous when the value is strictly beyond it, `>` where up is worse (and for `both`),
 * `<` where down is worse.
 *
 * score = 1 + (value − limit) / |limit|, mirrored for down; |limit| is taken as 1 for a limit of 0. At the limit the
 * score is exactly 1, which is not anomalous. Range 0..1000; NaN without a limit and for NaN or infinite input.
 * Learns nothing, needs no warm-up, O(1) per sample. Works badly where the limit is a guess: it cannot see a change
 * that stays below it. Never throws.
 */
class ThresholdDetector implements Detector {
  readonly #limit: number;
  readonly #scale: number;
  readonly #sign: number;

  constructor(series: SeriesContext) {
    this.#limit = series.limit ?? Number.NaN;
    this.#scale = Math.abs(this.#limit) || 1;
    this.#sign = series.worse === 'down' ? -1 : 1;
  }

  scoreOne(value: number): number {
    const beyond = (value - this.#limit) * this.#sign;
    if (!Number.isFinite(beyond)) return Number.NaN;
    const score = 1 + beyond / this.#scale;
    if (beyond > 0) return Math.min(SCORE_CAP, Math.max(JUST_BEYOND, score));
    return Math.min(1, Math.max(0, score));
  }

  learnOne(): void {
    // The limit is given, not learned.
  }

  explain(): Explanation {
    return {
      expected: null,
      limit: Number.isNaN(this.#limit) ? null : this.#limit,
      sigma: null,
      direction: this.#sign > 0 ? 'high' : 'low',
    };
  }

  save(): DetectorState {
    return [];
  }
}

/** Registry entry of the absolute limit. */
export const threshold: DetectorKind = {
  name: 'threshold',
  text: 'Beyond the absolute limit of the metric.',
  needsBaseline: false,
  parameters: {},
  create(series, parameters) {
    completeParameters('threshold', {}, parameters);
    return new ThresholdDetector(series);
  },
  restore(series, parameters) {
    completeParameters('threshold', {}, parameters);
    return new ThresholdDetector(series);
  },
};
