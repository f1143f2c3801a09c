/**
 * How far a value lies beyond everything seen before, in standard deviations of all of it.
 *
 * Highest, lowest, mean and deviation of the whole past, nothing forgotten: O(1), 40 bytes. What happened once is known
 * from then on, so that a repeated event is not news.
 */
export class Extremes {
  count = 0;
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  #mean = 0;
  #squares = 0;

  push(value: number): void {
    this.count += 1;
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
    const distance = value - this.#mean;
    this.#mean += distance / this.count;
    this.#squares += distance * (value - this.#mean);
  }

  /** Standard deviation of all values, at least `least`. */
  deviation(least: number): number {
    return Math.max(least, this.count < 2 ? 0 : Math.sqrt(this.#squares / (this.count - 1)));
  }

  /** Signed distance beyond the highest (above 0) or the lowest (below 0), in deviations; 0 within. */
  beyond(value: number, least: number): number {
    if (value > this.high) return (value - this.high) / this.deviation(least);
    return value < this.low ? (value - this.low) / this.deviation(least) : 0;
  }

  save(): readonly number[] {
    return this.count === 0 ? [] : [this.count, this.low, this.high, this.#mean, this.#squares];
  }

  static restore([count, low, high, mean, squares]: readonly number[]): Extremes {
    const extremes = new Extremes();
    if (count === undefined) return extremes;
    extremes.count = count;
    [extremes.low, extremes.high] = [low ?? 0, high ?? 0];
    [extremes.#mean, extremes.#squares] = [mean ?? 0, squares ?? 0];
    return extremes;
  }
}
