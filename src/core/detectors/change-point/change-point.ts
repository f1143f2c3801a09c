import { gracePeriod } from '../common-parameters.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';

/** So many samples must lie before the point of change. */
const LEAST_BEFORE = 5;

const PARAMETERS = {
  limit: {
    default: 5,
    minimum: 1,
    maximum: 100,
    unit: 'standard errors',
    text: 'Anomalous when the means before and after the best split differ by this much; it is the best of many splits, so 3 is not rare.',
  },
  window: {
    default: 60,
    minimum: 10,
    maximum: 1000,
    unit: 'samples',
    text: 'How far back a point of change is looked for; scoring costs one step for each.',
  },
  gracePeriod: gracePeriod(20),
  floorPercent: {
    default: 2,
    minimum: 0,
    maximum: 100,
    unit: 'percent of the mean',
    text: 'The deviation of single samples counts as at least this much, so that a very steady series does not fire on nothing.',
  },
} as const satisfies Parameters;

interface Split {
  /** Difference of the means, later less earlier, in standard errors. */
  readonly shift: number;
  readonly before: number;
  readonly deviation: number;
  /** Samples after the change, the scored one included. */
  readonly length: number;
}

/** The most likely point at which the mean of the last samples changed. Formula and limits: README.md beside this file. */
class ChangePointDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #settings: Readonly<Record<string, number>>;
  #values: number[];

  constructor(series: SeriesContext, settings: Readonly<Record<string, number>>, values: readonly number[]) {
    this.#worse = series.worse;
    this.#settings = settings;
    this.#values = [...values];
  }

  scoreOne(value: number): number {
    const split = this.#best(value);
    return split === null ? Number.NaN : Math.min(SCORE_CAP, Math.abs(split.shift) / this.#settings['limit']!);
  }

  learnOne(value: number): void {
    if (!(Math.abs(value) <= LARGEST_LEARNED)) return;
    this.#values.push(value);
    if (this.#values.length > this.#settings['window']!) this.#values.shift();
  }

  explain(value: number): Explanation {
    const split = this.#best(value);
    const direction = this.#worse === 'down' ? 'low' : 'high';
    if (split === null) return { expected: null, limit: null, sigma: null, direction };
    const reach = (this.#settings['limit']! * split.deviation) / Math.sqrt(split.length);
    return {
      expected: { low: split.before - reach, high: split.before + reach },
      limit: null,
      sigma: Math.min(SCORE_CAP, Math.abs(split.shift)),
      direction: split.shift < 0 ? 'low' : 'high',
    };
  }

  save(): DetectorState {
    return { values: [...this.#values] };
  }

  /** The split with the largest shift for the worse; shift 0 when there is none. Null in the grace period. */
  #best(value: number): Split | null {
    const values = this.#values;
    const count = values.length;
    if (count < Math.min(this.#settings['gracePeriod']!, this.#settings['window']!) || !Number.isFinite(value))
      return null;
    let rest = 0;
    for (const one of values) rest += one;
    let best: Split = { shift: 0, before: rest / count, deviation: this.#deviation(rest / count), length: 1 };
    let after = value;
    for (let length = 1; count - length + 1 >= LEAST_BEFORE; length += 1) {
      const earlier = count - length + 1;
      const before = rest / earlier;
      const difference = after / length - before;
      const wrong = this.#worse !== 'both' && difference > 0 !== (this.#worse === 'up');
      if (difference !== 0 && !wrong) {
        const shift = difference / (best.deviation * Math.sqrt(1 / length + 1 / earlier));
        if (Math.abs(shift) > Math.abs(best.shift)) best = { ...best, shift, before, length };
      }
      const next = values[count - length]!;
      after += next;
      rest -= next;
    }
    return best;
  }

  /** From differences of neighbours, which a single change of level moves little. */
  #deviation(mean: number): number {
    let squares = 0;
    for (let i = 1; i < this.#values.length; i += 1) squares += (this.#values[i]! - this.#values[i - 1]!) ** 2;
    const steps = Math.sqrt(squares / Math.max(1, this.#values.length - 1) / 2);
    return Math.max(steps, (Math.abs(mean) * this.#settings['floorPercent']!) / 100);
  }
}

/** Registry entry of the change point. */
export const changePoint: DetectorKind = {
  name: 'change-point',
  text: 'The best split of the last samples into before and after: level shifts, with the time they began.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new ChangePointDetector(series, completeParameters('change-point', PARAMETERS, parameters), []);
  },
  restore(series, parameters, state) {
    const values = savedState('change-point', state).numbers('values');
    return new ChangePointDetector(series, completeParameters('change-point', PARAMETERS, parameters), values);
  },
};
