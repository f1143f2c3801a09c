import { BlockMaxima } from '../../stats/block-maxima.ts';
import { SlotClock } from '../../stats/slot-clock.ts';
import { SortedWindow } from '../../stats/sorted-window.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, SeriesContext } from '../detector.ts';
import { worseBy } from '../direction.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';
import { ChangeChannel } from './change-channel.ts';
import { ChangeScale } from '../../stats/change-scale.ts';
import { PARAMETERS, type Settings } from './parameters.ts';

/** One deviation counts for at most this much in the mean of three: a lone spike is not a change that stays. */
const DEVIATION_CAP = 8;
/** The interval of a series is known after so many samples. */
const SETTLED_SAMPLES = 10;
const MINUTE_MS = 60_000;
/** The level of a fast series is the median of at most so many times `window` samples: a longer one costs too much. */
const LONGEST_LEVEL = 6;
/** Blocks of two hours at one sample a minute; a week of them. */
const BLOCK_SAMPLES = 120;
const BLOCKS_KEPT = 84;
/** Of its own past, so much lies below the mark a score is held against. */
const USUAL_QUANTILE = 0.9;
/** What the mark is while no block is full, and the least it can be. */
const MARK_UNKNOWN = 3;
const MARK_LEAST = 1;
/** With fewer blocks than a day of minutes has, the largest so far says more than a quantile. */
const ENOUGH_BLOCKS = 12;
/** A single sample is enough from here on: this many deviations, and twice as far as it goes by itself. */
const ALONE_LEAST = 10;
const ALONE_TIMES = 2;

interface Parts {
  readonly clock: SlotClock;
  level: SortedWindow;
  readonly raw: ChangeScale;
  readonly rooted: ChangeScale;
  readonly plain: ChangeChannel;
  readonly root: ChangeChannel;
  readonly means: BlockMaxima;
  readonly singles: BlockMaxima;
}

/** A change that stays, against the same time of earlier days. Formula, defaults and limits: README.md beside this file. */
export class SeasonalChangeDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #settings: Settings;
  readonly #parts: Parts;
  /** The two deviations before the sample that is scored. */
  #before: readonly [number, number];
  #taken: number;
  #scored = Number.NaN;
  #scoredMs = Number.NaN;
  #deviation = Number.NaN;
  #level = Number.NaN;

  constructor(series: SeriesContext, settings: Settings, parts: Parts, recent: readonly number[]) {
    this.#worse = series.worse;
    this.#settings = settings;
    this.#parts = parts;
    this.#before = [recent[0] ?? 0, recent[1] ?? 0];
    this.#taken = recent[2] ?? 0;
  }

  /** Of the sample scored, learned or passed last: its deviation on the scale of roots; 0 in the grace period. */
  get rootDeviation(): number {
    return this.#parts.root.deviation;
  }

  scoreOne(value: number, atMs: number): number {
    if (this.#taken < this.#settings.gracePeriod || !Number.isFinite(value)) return Number.NaN;
    this.#compare(value, atMs);
    const { means, singles } = this.#parts;
    const mark = Math.max(MARK_LEAST, means.cautious(USUAL_QUANTILE, ENOUGH_BLOCKS, MARK_UNKNOWN));
    const staying = this.#meanOfThree() / Math.sqrt(mark) / this.#settings.limit;
    const single = Math.max(MARK_LEAST, singles.cautious(USUAL_QUANTILE, ENOUGH_BLOCKS, MARK_UNKNOWN));
    const alone = worseBy(this.#worse, this.#deviation) / Math.max(ALONE_LEAST, ALONE_TIMES * single);
    return Math.min(SCORE_CAP, Math.max(staying, alone));
  }

  learnOne(value: number, atMs: number): void {
    if (!(Math.abs(value) <= LARGEST_LEARNED)) return;
    const { clock, raw, rooted, plain, root, means, singles } = this.#parts;
    clock.pass(atMs);
    if (this.#taken === SETTLED_SAMPLES) this.#fitLevel();
    const { level } = this.#parts;
    if (this.#taken >= this.#settings.gracePeriod) {
      this.#compare(value, atMs);
      means.push(this.#meanOfThree());
      singles.push(worseBy(this.#worse, this.#deviation));
      this.#before = [this.#deviation, this.#before[0]];
      const slot = clock.slotOf(atMs);
      plain.learn(value - this.#level, slot, clock.slotsPerDay);
      root.learn(raw.root(value) - raw.root(this.#level), slot, clock.slotsPerDay);
    }
    raw.push(value);
    rooted.push(raw.root(value));
    level.push(value);
    this.#taken += 1;
    this.#scored = Number.NaN;
  }

  passOne(value: number, atMs: number): void {
    if (this.#taken < this.#settings.gracePeriod || !(Math.abs(value) <= LARGEST_LEARNED)) return;
    this.#compare(value, atMs);
    this.#before = [this.#deviation, this.#before[0]];
  }

  explain(value: number, atMs: number): Explanation {
    if (this.#taken < this.#settings.gracePeriod || !Number.isFinite(value)) {
      return { expected: null, limit: null, sigma: null, direction: this.#worse === 'down' ? 'low' : 'high' };
    }
    this.#compare(value, atMs);
    const { means, plain } = this.#parts;
    const mark = Math.max(MARK_LEAST, means.cautious(USUAL_QUANTILE, ENOUGH_BLOCKS, MARK_UNKNOWN));
    const reach = this.#settings.limit * Math.sqrt(mark) * plain.scale;
    const centre = this.#level + plain.usual;
    return {
      expected: { low: centre - reach, high: centre + reach },
      limit: null,
      sigma: Math.min(SCORE_CAP, Math.abs(this.#deviation)),
      direction: value < centre ? 'low' : 'high',
    };
  }

  save(): DetectorState {
    const { clock, level, raw, rooted, plain, root, means, singles } = this.#parts;
    const [a, b] = [means.save(), singles.save()];
    const [scale, rootScale] = [raw.save(), rooted.save()];
    return {
      recent: [...this.#before, this.#taken, level.capacity],
      clock: clock.save(),
      level: level.save(),
      ...scale,
      rootScale: rootScale['scale']!,
      rootSteps: rootScale['steps']!,
      rootValues: rootScale['values']!,
      plain: plain.save(),
      root: root.save(),
      means: [a.open, a.inOpen, ...a.maxima],
      singles: [b.open, b.inOpen, ...b.maxima],
    };
  }

  /** Fills `#deviation` and `#level`; scoring and then learning the same sample costs it once. */
  #compare(value: number, atMs: number): void {
    if (value === this.#scored && atMs === this.#scoredMs) return;
    this.#scored = value;
    this.#scoredMs = atMs;
    const { clock, level, raw, rooted, plain, root } = this.#parts;
    const slot = clock.slotOf(atMs);
    const middle = level.median();
    this.#level = middle;
    const least = Math.max(raw.floor, (Math.abs(middle) * this.#settings.floorPercent) / 100);
    plain.compare(value - middle, slot, level.mad(middle), least);
    const rootLevel = raw.root(middle);
    // A floor of x % of a value is half of that on its root.
    const rootLeast = Math.max(rooted.floor, (Math.abs(rootLevel) * this.#settings.floorPercent) / 200);
    const spread = raw.rootMad(level.sorted, level.count, rootLevel);
    root.compare(raw.root(value) - rootLevel, slot, spread, rootLeast);
    this.#deviation = (plain.deviation + root.deviation) / 2;
  }

  /** Half an hour of a series that is sampled more often than once a minute, as far as that is affordable. */
  #fitLevel(): void {
    const { clock, level } = this.#parts;
    const window = Math.round(this.#settings.window);
    const wanted = Math.round((window * MINUTE_MS) / clock.intervalMs);
    if (!(wanted > window)) return;
    const length = Math.min(wanted, window * LONGEST_LEVEL);
    this.#parts.level = SortedWindow.restore(length, level.save());
  }

  #meanOfThree(): number {
    return worseBy(this.#worse, (capped(this.#deviation) + capped(this.#before[0]) + capped(this.#before[1])) / 3);
  }
}

function capped(deviation: number): number {
  return Math.max(-DEVIATION_CAP, Math.min(DEVIATION_CAP, deviation));
}

function newParts(window: number): Parts {
  return {
    clock: new SlotClock(),
    level: new SortedWindow(window),
    raw: new ChangeScale(),
    rooted: new ChangeScale(),
    plain: new ChangeChannel(),
    root: new ChangeChannel(),
    means: new BlockMaxima(BLOCK_SAMPLES, BLOCKS_KEPT),
    singles: new BlockMaxima(BLOCK_SAMPLES, BLOCKS_KEPT),
  };
}

function restoreParts(
  window: number,
  state: DetectorState,
): { readonly parts: Parts; readonly recent: readonly number[] } {
  const { numbers } = savedState('seasonal-change', state);
  const clock = SlotClock.restore(numbers('clock'));
  const blocks = (name: string): BlockMaxima => {
    const [open = 0, inOpen = 0, ...maxima] = numbers(name);
    return BlockMaxima.restore(BLOCK_SAMPLES, BLOCKS_KEPT, { open, inOpen, maxima });
  };
  const parts: Parts = {
    clock,
    level: SortedWindow.restore(numbers('recent')[3] ?? window, numbers('level')),
    raw: ChangeScale.restore(numbers('scale'), numbers('steps'), numbers('values')),
    rooted: ChangeScale.restore(numbers('rootScale'), numbers('rootSteps'), numbers('rootValues')),
    plain: ChangeChannel.restore(clock.slotsPerDay, numbers('plain')),
    root: ChangeChannel.restore(clock.slotsPerDay, numbers('root')),
    means: blocks('means'),
    singles: blocks('singles'),
  };
  return { parts, recent: numbers('recent') };
}

function settingsOf(given: Readonly<Record<string, number>>): Settings {
  return completeParameters('seasonal-change', PARAMETERS, given);
}

/** Registry entry of the seasonal change. */
export const seasonalChange = {
  name: 'seasonal-change',
  text: 'A change that stays, beyond what this time of day brings by itself and beyond the own past of the series.',
  needsBaseline: true,
  restsOn: 3,
  parameters: PARAMETERS,
  create(series: SeriesContext, parameters: Readonly<Record<string, number>>): SeasonalChangeDetector {
    const settings = settingsOf(parameters);
    return new SeasonalChangeDetector(series, settings, newParts(Math.round(settings.window)), []);
  },
  restore(
    series: SeriesContext,
    parameters: Readonly<Record<string, number>>,
    state: DetectorState,
  ): SeasonalChangeDetector {
    const settings = settingsOf(parameters);
    const { parts, recent } = restoreParts(Math.round(settings.window), state);
    return new SeasonalChangeDetector(series, settings, parts, recent);
  },
} satisfies DetectorKind;
