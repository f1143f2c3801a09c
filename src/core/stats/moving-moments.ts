/** Below this share of its former size, the sum of squares has lost digits and is computed anew. */
const CANCELLATION_RATIO = 1e-6;

/** Values beyond this are refused: their squares would overflow. */
const LARGEST = 1e150;

/** Plain form of `MovingMoments`: values oldest first, and the running sums as they are, so that a restored one goes on bit for bit. */
export interface MomentsState {
  readonly values: readonly number[];
  readonly mean: number;
  readonly squares: number;
  readonly sinceExact: number;
}

/**
 * Mean and standard deviation of the last `capacity` values.
 *
 * Welford's update in both directions: add the new value, remove the one that leaves. The sums are computed anew from
 * the values after every `capacity` additions, and at once when removing a value cancels nearly all of the sum of
 * squares, so that rounding cannot pile up and one huge value leaves no trace once it is gone.
 * O(1) per value on average, 8 bytes per value of the window. Empty or one value: deviation 0.
 * Reference: B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products, Technometrics 4 (1962).
 */
export class MovingMoments {
  readonly #ring: Float64Array;
  #count = 0;
  #next = 0;
  #mean = 0;
  #squares = 0;
  #sinceExact = 0;

  constructor(capacity: number) {
    this.#ring = new Float64Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  get mean(): number {
    return this.#mean;
  }

  /** Sample standard deviation (n − 1), 0 for fewer than two values. */
  get deviation(): number {
    return this.#count < 2 ? 0 : Math.sqrt(this.#squares / (this.#count - 1));
  }

  /** Takes one value; NaN, ±Infinity and values beyond ±1e150 are ignored. */
  push(value: number): void {
    if (!(Math.abs(value) <= LARGEST)) return;
    const full = this.#count === this.#ring.length;
    const before = this.#squares;
    if (full) this.#remove(this.#ring[this.#next] ?? 0);
    this.#ring[this.#next] = value;
    this.#next = this.#next + 1 === this.#ring.length ? 0 : this.#next + 1;
    this.#count += 1;
    const distance = value - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (value - this.#mean);
    this.#sinceExact += 1;
    const cancelled = full && this.#squares < before * CANCELLATION_RATIO;
    if (cancelled || this.#sinceExact >= this.#ring.length) this.#recompute();
  }

  save(): MomentsState {
    const values: number[] = [];
    const start = this.#count === this.#ring.length ? this.#next : 0;
    for (let i = 0; i < this.#count; i += 1) values.push(this.#ring[(start + i) % this.#ring.length] ?? 0);
    return { values, mean: this.#mean, squares: this.#squares, sinceExact: this.#sinceExact };
  }

  /** Rebuilds the window; a state with more values than `capacity` keeps the newest and is summed anew. */
  static restore(capacity: number, state: MomentsState): MovingMoments {
    const moments = new MovingMoments(capacity);
    const kept = state.values.slice(-capacity);
    moments.#ring.set(kept);
    moments.#count = kept.length;
    moments.#next = kept.length % capacity;
    if (kept.length < state.values.length) {
      moments.#recompute();
    } else {
      moments.#mean = state.mean;
      moments.#squares = state.squares;
      moments.#sinceExact = state.sinceExact;
    }
    return moments;
  }

  #remove(value: number): void {
    this.#count -= 1;
    if (this.#count === 0) {
      this.#mean = 0;
      this.#squares = 0;
      return;
    }
    const distance = value - this.#mean;
    this.#mean -= distance / this.#count;
    this.#squares = Math.max(0, this.#squares - distance * (value - this.#mean));
  }

  /** Two passes over the window: exact to rounding, whatever went through it before. */
  #recompute(): void {
    let sum = 0;
    for (let i = 0; i < this.#count; i += 1) sum += this.#ring[i] ?? 0;
    const mean = this.#count === 0 ? 0 : sum / this.#count;
    let squares = 0;
    let rest = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const distance = (this.#ring[i] ?? 0) - mean;
      squares += distance * distance;
      rest += distance;
    }
    this.#mean = mean;
    this.#squares = this.#count === 0 ? 0 : Math.max(0, squares - (rest * rest) / this.#count);
    this.#sinceExact = 0;
  }
}
