import { SortedWindow } from '../../stats/sorted-window.ts';
import { floorPercent, gracePeriod } from '../common-parameters.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';

const PARAMETERS = {
  limit: {
    default: 10,
    minimum: 1,
    maximum: 1000,
    unit: 'summed deviations',
    text: 'Anomalous when the sum of what exceeds the allowance passes this: a shift of one deviation takes twenty samples.',
  },
  allowance: {
    default: 0.5,
    minimum: 0,
    maximum: 10,
    unit: 'robust deviations',
    text: 'What every sample may be off without counting: half of the shift one wants to find.',
  },
  window: {
    default: 240,
    minimum: 10,
    maximum: 10_000,
    unit: 'samples',
    text: 'The level and the deviation are the median and MAD of so many samples before.',
  },
  gracePeriod: gracePeriod(20),
  floorPercent: floorPercent(2),
} as const satisfies Parameters;

/** Both one-sided sums of residuals from a long median (Page 1954). Formula and limits: README.md beside this file. */
class CusumDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #settings: Readonly<Record<string, number>>;
  readonly #window: SortedWindow;
  #up: number;
  #down: number;

  constructor(
    series: SeriesContext,
    settings: Readonly<Record<string, number>>,
    saved: readonly (readonly number[])[],
  ) {
    this.#worse = series.worse;
    this.#settings = settings;
    this.#window = SortedWindow.restore(Math.round(settings['window']!), saved[0] ?? []);
    [this.#up, this.#down] = [saved[1]?.[0] ?? 0, saved[1]?.[1] ?? 0];
  }

  scoreOne(value: number): number {
    if (!this.#ready(value)) return Number.NaN;
    const sums = this.#sumsWith(value);
    const worst = this.#worse === 'both' ? Math.max(...sums) : sums[this.#worse === 'up' ? 0 : 1];
    return Math.min(SCORE_CAP, worst / this.#settings['limit']!);
  }

  learnOne(value: number): void {
    if (!(Math.abs(value) <= LARGEST_LEARNED)) return;
    if (this.#ready(value)) [this.#up, this.#down] = this.#sumsWith(value);
    this.#window.push(value);
  }

  explain(value: number): Explanation {
    const direction = this.#worse === 'down' ? 'low' : 'high';
    if (!this.#ready(value)) return { expected: null, limit: null, sigma: null, direction };
    const centre = this.#window.median();
    const reach = this.#settings['limit']! * this.#scale(centre);
    const sigma = Math.abs(value - centre) / this.#scale(centre);
    return {
      expected: { low: centre - reach, high: centre + reach },
      limit: null,
      sigma: Number.isFinite(sigma) ? Math.min(SCORE_CAP, sigma) : null,
      direction: value < centre ? 'low' : 'high',
    };
  }

  save(): DetectorState {
    return { values: this.#window.save(), sums: [this.#up, this.#down] };
  }

  #ready(value: number): boolean {
    return this.#window.count >= this.#settings['gracePeriod']! && Number.isFinite(value);
  }

  #scale(centre: number): number {
    return Math.max(this.#window.mad(centre), (Math.abs(centre) * this.#settings['floorPercent']!) / 100);
  }

  /** A sum may not grow beyond twice the limit, so that it comes down again soon after the end. */
  #sumsWith(value: number): readonly [number, number] {
    const centre = this.#window.median();
    const away = value - centre;
    const distance = away === 0 ? 0 : away / this.#scale(centre);
    const allowance = this.#settings['allowance']!;
    const most = 2 * this.#settings['limit']!;
    const grown = (sum: number): number => Math.min(most, Math.max(0, sum - allowance));
    return [grown(this.#up + distance), grown(this.#down - distance)];
  }
}

/** Registry entry of the cumulative sum. */
export const cusum: DetectorKind = {
  name: 'cusum',
  text: 'Sum of what the samples are off in one direction: slow drifts and small shifts that stay.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new CusumDetector(series, completeParameters('cusum', PARAMETERS, parameters), []);
  },
  restore(series, parameters, state) {
    const { numbers } = savedState('cusum', state);
    const saved = [numbers('values'), numbers('sums')];
    return new CusumDetector(series, completeParameters('cusum', PARAMETERS, parameters), saved);
  },
};
