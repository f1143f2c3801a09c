import { BlockMaxima } from '../../stats/block-maxima.ts';
import type { DetectorState, SeriesContext } from '../detector.ts';
import { worseBy } from '../direction.ts';
import { savedState } from '../saved-state.ts';

const MEAN_SAMPLES = 20;
/** One deviation counts for at most this much, as in the mean of three. */
const DEVIATION_CAP = 8;
/** Blocks of two hours at one sample a minute; a week of them. */
const BLOCK_SAMPLES = 120;
const BLOCKS_KEPT = 84;
/** The mark, as `seasonal-change` has it; a mean of 20 goes by itself 0.4 times as high as one of three. */
const USUAL_QUANTILE = 0.9;
const ENOUGH_BLOCKS = 12;
const MARK_UNKNOWN = 1.2;
const MARK_LEAST = 0.4;

/**
 * How suspicious the last 20 samples are: a change too small for three shows in their mean, if it stays.
 *
 * suspicion = min(1, |m| / √mark), m = mean of 20 deviations in the direction that is worse, mark = how high m goes by
 * itself. O(1) per sample, below 0.1 µs; 1.5 kB.
 */
export class SlowChange {
  readonly #worse: SeriesContext['worse'];
  readonly #means: BlockMaxima;
  readonly #recent: Float64Array;
  #next = 0;
  #mean: number;

  constructor(worse: SeriesContext['worse'], state: DetectorState | null) {
    const saved = state === null ? null : savedState('ensemble', state);
    const [open = 0, inOpen = 0, ...maxima] = saved?.numbers('means') ?? [];
    this.#worse = worse;
    this.#means = BlockMaxima.restore(BLOCK_SAMPLES, BLOCKS_KEPT, { open, inOpen, maxima });
    this.#recent = Float64Array.from(saved?.numbers('recent') ?? new Float64Array(MEAN_SAMPLES));
    this.#mean = this.#meanOfRecent();
  }

  /** 0..1, of the samples taken so far. */
  get suspicion(): number {
    const mark = Math.max(MARK_LEAST, this.#means.cautious(USUAL_QUANTILE, ENOUGH_BLOCKS, MARK_UNKNOWN));
    return Math.min(1, this.#mean / Math.sqrt(mark));
  }

  /** Takes the deviation of a sample; one that belongs to an incident does not raise the mark. */
  take(deviation: number, isPassed: boolean): void {
    this.#recent[this.#next] = Math.max(-DEVIATION_CAP, Math.min(DEVIATION_CAP, deviation));
    this.#next = this.#next + 1 === MEAN_SAMPLES ? 0 : this.#next + 1;
    this.#mean = this.#meanOfRecent();
    if (!isPassed) this.#means.push(this.#mean);
  }

  save(): Readonly<Record<string, readonly number[]>> {
    const { open, inOpen, maxima } = this.#means.save();
    const recent = [...this.#recent.subarray(this.#next), ...this.#recent.subarray(0, this.#next)];
    return { means: [open, inOpen, ...maxima], recent };
  }

  /** Summed anew, oldest first: a running sum would differ after a restart. */
  #meanOfRecent(): number {
    let sum = 0;
    for (let i = this.#next; i < MEAN_SAMPLES; i += 1) sum += this.#recent[i]!;
    for (let i = 0; i < this.#next; i += 1) sum += this.#recent[i]!;
    return worseBy(this.#worse, sum / MEAN_SAMPLES);
  }
}
