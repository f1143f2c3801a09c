import { SeasonSpan } from '../../stats/season-span.ts';
import { SeasonTable } from '../../stats/season-table.ts';
import { SlotClock } from '../../stats/slot-clock.ts';
import { sortedQuantile } from '../../stats/sorted-span.ts';
import { SortedWindow } from '../../stats/sorted-window.ts';
import { floorPercent, gracePeriod } from '../common-parameters.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { worseBy } from '../direction.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';
import { Extremes } from './extremes.ts';

const LEVEL_SAMPLES = 60;
const SHORT_MEAN = 6;
/** Fewer values from earlier days say nothing about this time of day. */
const LEAST_SEEN = 3;
/** Slots on either side: the mean of six has evened out the rest. */
const SEASON_REACH = 1;
/** Of what was seen at this time, the part between these shares counts as usual: weekends differ from weekdays. */
const USUAL_LOW = 0.2;
const USUAL_HIGH = 0.8;
/** The seasonal residual is the least reliable of the three: the first days know little of the others. */
const SEASONAL_WEIGHT = 0.15;
/** What was new keeps smaller news quiet, less with every sample: by a factor e after so many. */
const SILENT_SAMPLES = 100;
const FADE = Math.exp(-1 / SILENT_SAMPLES);

const PARAMETERS = {
  limit: {
    default: 0.5,
    minimum: 0.01,
    maximum: 100,
    unit: 'deviations beyond the extremes',
    text: 'Anomalous this far beyond the highest or lowest ever seen: half a deviation is more than the next record of quiet noise.',
  },
  gracePeriod: gracePeriod(50),
  floorPercent: floorPercent(1),
} as const satisfies Parameters;

/** Never seen before: in value, in distance from the last hour, or for this time of day. Formula and limits: README.md. */
class NoveltyDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #settings: Readonly<Record<string, number>>;
  readonly #clock: SlotClock;
  readonly #level: SortedWindow;
  readonly #values: Extremes;
  readonly #residuals: Extremes;
  readonly #seasonals: Extremes;
  #season: SeasonSpan | null = null;
  #recent: number[];
  #scored = Number.NaN;
  #scoredMs = Number.NaN;
  #seasonal = Number.NaN;
  /** The largest score of late, faded. */
  #heard: number;

  constructor(series: SeriesContext, settings: Readonly<Record<string, number>>, state: DetectorState | null) {
    const saved = state === null ? null : savedState('novelty', state);
    const numbers = (name: string): readonly number[] => saved?.numbers(name) ?? [];
    this.#worse = series.worse;
    this.#settings = settings;
    this.#clock = SlotClock.restore(numbers('clock'));
    this.#level = SortedWindow.restore(LEVEL_SAMPLES, numbers('level'));
    this.#values = Extremes.restore(numbers('values'));
    this.#residuals = Extremes.restore(numbers('residuals'));
    this.#seasonals = Extremes.restore(numbers('seasonals'));
    const season = numbers('season');
    if (season.length > 0) this.#season = spanOf(SeasonTable.restore(this.#clock.slotsPerDay, season));
    this.#recent = [...numbers('recent')];
    this.#heard = numbers('heard')[0] ?? 0;
  }

  scoreOne(value: number, atMs: number): number {
    const score = this.#newsOf(value, atMs);
    return score <= this.#heard ? 0 : score;
  }

  learnOne(value: number, atMs: number): void {
    if (!(Math.abs(value) <= LARGEST_LEARNED)) return;
    const news = this.#newsOf(value, atMs);
    this.#heard = FADE * (news > this.#heard ? news : this.#heard);
    this.#clock.pass(atMs);
    const seasonal = this.#seasonalOf(value, atMs);
    if (seasonal === seasonal) this.#seasonals.push(seasonal);
    if (this.#level.count === LEVEL_SAMPLES) this.#residuals.push(value - this.#level.median());
    this.#scored = Number.NaN;
    this.#values.push(value);
    this.#level.push(value);
    this.#recent.push(value);
    if (this.#recent.length < SHORT_MEAN) return;
    if (this.#clock.slotsPerDay > 0) {
      this.#season ??= spanOf(new SeasonTable(this.#clock.slotsPerDay));
      this.#season.table.add(this.#clock.slotOf(atMs), this.#shortMean());
    }
    this.#recent.shift();
  }

  explain(value: number): Explanation {
    const direction = this.#worse === 'down' ? 'low' : 'high';
    if (!this.#ready(value)) return { expected: null, limit: null, sigma: null, direction };
    const { low, high } = this.#values;
    return {
      expected: { low, high },
      limit: null,
      sigma: Math.min(SCORE_CAP, Math.abs(this.#values.beyond(value, this.#least()))),
      direction: value < (low + high) / 2 ? 'low' : 'high',
    };
  }

  save(): DetectorState {
    return {
      clock: this.#clock.save(),
      level: this.#level.save(),
      values: this.#values.save(),
      residuals: this.#residuals.save(),
      seasonals: this.#seasonals.save(),
      season: this.#season?.table.save() ?? [],
      recent: [...this.#recent],
      heard: [this.#heard],
    };
  }

  /** How far the sample is beyond its records, relative to the limit; NaN while that cannot be told. */
  #newsOf(value: number, atMs: number): number {
    if (!this.#ready(value)) return Number.NaN;
    const least = this.#least();
    const byValue = worseBy(this.#worse, this.#values.beyond(value, least));
    const grace = this.#settings['gracePeriod']!;
    const known = this.#residuals.count >= grace;
    const byResidual = known ? worseBy(this.#worse, this.#residuals.beyond(value - this.#level.median(), least)) : 0;
    let worst = Math.max(byValue, byResidual);
    if (this.#seasonals.count >= grace) {
      const seasonal = this.#seasonalOf(value, atMs);
      if (seasonal === seasonal) {
        worst = Math.max(worst, SEASONAL_WEIGHT * worseBy(this.#worse, this.#seasonals.beyond(seasonal, least)));
      }
    }
    return Math.min(SCORE_CAP, worst / this.#settings['limit']!);
  }

  #ready(value: number): boolean {
    return this.#values.count >= this.#settings['gracePeriod']! && Number.isFinite(value);
  }

  #least(): number {
    const { low, high } = this.#values;
    return Math.max((Math.max(Math.abs(low), Math.abs(high)) * this.#settings['floorPercent']!) / 100, 1e-12);
  }

  #shortMean(): number {
    let sum = 0;
    for (const value of this.#recent) sum += value;
    return sum / this.#recent.length;
  }

  /** How far the mean of the last six, this value included, lies outside what is usual at this time; NaN while unknown. */
  #seasonalOf(value: number, atMs: number): number {
    if (value !== this.#scored || atMs !== this.#scoredMs) {
      this.#scored = value;
      this.#scoredMs = atMs;
      this.#seasonal = this.#freshSeasonal(value, atMs);
    }
    return this.#seasonal;
  }

  #freshSeasonal(value: number, atMs: number): number {
    if (this.#season === null || this.#recent.length < SHORT_MEAN - 1) return Number.NaN;
    this.#season.moveTo(this.#clock.slotOf(atMs));
    const { sorted, count } = this.#season;
    if (count < LEAST_SEEN) return Number.NaN;
    let sum = value;
    for (const one of this.#recent) sum += one;
    const mean = sum / (this.#recent.length + 1);
    const low = sortedQuantile(sorted, count, USUAL_LOW);
    const high = sortedQuantile(sorted, count, USUAL_HIGH);
    return mean > high ? mean - high : Math.min(0, mean - low);
  }
}

function spanOf(season: SeasonTable): SeasonSpan {
  return new SeasonSpan(season, SEASON_REACH);
}

/** Registry entry of novelty. */
export const novelty: DetectorKind = {
  name: 'novelty',
  text: 'Beyond everything ever seen: in value, in distance from the last hour, or for this time of day.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new NoveltyDetector(series, completeParameters('novelty', PARAMETERS, parameters), null);
  },
  restore(series, parameters, state) {
    return new NoveltyDetector(series, completeParameters('novelty', PARAMETERS, parameters), state);
  },
};
