import type { Detector, DetectorState, Explanation, SeriesContext } from './detector.ts';
import { worseBy } from './direction.ts';
import { LARGEST_LEARNED, SCORE_CAP } from './limits.ts';

/** What a model expects a value to be: `centre` give or take `scale`, one deviation. */
export interface Band {
  centre: number;
  scale: number;
}

/** A model of a series that answers with a band. The engine of every detector whose score is a distance over a scale. */
export interface BandModel {
  /** Writes what is expected of a value at that time; false while it cannot tell. Changes nothing else. */
  expect(value: number, atMs: number, band: Band): boolean;
  /** Takes a finite sample, at most ±1e150. */
  learn(value: number, atMs: number): void;
  save(): DetectorState;
}

/**
 * A detector that fires beyond `limit` deviations of a model's band, in the direction that is worse.
 *
 * score = distance / (limit · scale), 0 on the good side, at most 1000; NaN while the model cannot tell and for NaN or
 * infinite input. A scale of 0 makes any change for the worse score 1000.
 */
export class BandDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #limit: number;
  readonly #model: BandModel;
  readonly #band: Band = { centre: 0, scale: 0 };

  constructor(series: SeriesContext, limit: number, model: BandModel) {
    this.#worse = series.worse;
    this.#limit = limit;
    this.#model = model;
  }

  scoreOne(value: number, atMs: number): number {
    if (!Number.isFinite(value) || !this.#model.expect(value, atMs, this.#band)) return Number.NaN;
    const away = worseBy(this.#worse, value - this.#band.centre);
    return away > 0 ? Math.min(SCORE_CAP, away / (this.#band.scale * this.#limit)) : 0;
  }

  learnOne(value: number, atMs: number): void {
    if (Math.abs(value) <= LARGEST_LEARNED) this.#model.learn(value, atMs);
  }

  explain(value: number, atMs: number): Explanation {
    const direction = this.#worse === 'down' ? 'low' : 'high';
    if (!Number.isFinite(value) || !this.#model.expect(value, atMs, this.#band)) {
      return { expected: null, limit: null, sigma: null, direction };
    }
    const { centre, scale } = this.#band;
    const sigma = Math.abs(value - centre) / scale;
    return {
      expected: { low: centre - scale * this.#limit, high: centre + scale * this.#limit },
      limit: null,
      sigma: Number.isFinite(sigma) ? Math.min(SCORE_CAP, sigma) : null,
      direction: value < centre ? 'low' : 'high',
    };
  }

  save(): DetectorState {
    return this.#model.save();
  }
}
