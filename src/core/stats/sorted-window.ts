import { exchange, insert, sortedMad, sortedMedian, sortedQuantile } from './sorted-span.ts';

const FIRST_ROOM = 64;

/**
 * The last `capacity` values, kept in order of arrival and in order of size, for exact moving medians.
 *
 * push is a binary search and a shift of what lies between, O(capacity) in theory and below 0.1 µs for 60 values; the
 * median is O(1), the median absolute deviation O(capacity). 16 bytes per value. Values must be finite.
 */
export class SortedWindow {
  readonly capacity: number;
  /** The first `count` are in use; grows up to `capacity`. */
  sorted: Float64Array;
  count = 0;
  #arrived: Float64Array;
  #next = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    // Most series of a start are short: room for all of a long window would be made for each of them.
    this.sorted = new Float64Array(Math.min(capacity, FIRST_ROOM));
    this.#arrived = new Float64Array(this.sorted.length);
  }

  push(value: number): void {
    if (this.count === this.capacity) {
      exchange(this.sorted, this.count, this.#arrived[this.#next]!, value);
    } else {
      if (this.count === this.sorted.length) {
        const room = Math.min(this.capacity, this.count * 2);
        this.sorted = grown(this.sorted, room);
        this.#arrived = grown(this.#arrived, room);
      }
      insert(this.sorted, this.count, value);
      this.count += 1;
    }
    this.#arrived[this.#next] = value;
    this.#next = this.#next + 1 === this.capacity ? 0 : this.#next + 1;
  }

  /** NaN while empty. */
  median(): number {
    return sortedMedian(this.sorted, this.count);
  }

  /** Median distance from `centre`, times 1.4826. NaN while empty. */
  mad(centre: number): number {
    return sortedMad(this.sorted, this.count, centre);
  }

  /** The value at rank ⌊p · count⌋, p in 0..1. NaN while empty. */
  quantile(p: number): number {
    return sortedQuantile(this.sorted, this.count, p);
  }

  /** Values, oldest first. */
  save(): readonly number[] {
    const start = this.count === this.capacity ? this.#next : 0;
    return Array.from({ length: this.count }, (_, i) => this.#arrived[(start + i) % this.capacity]!);
  }

  /** Rebuilds a window; more values than `capacity` leave the newest. */
  static restore(capacity: number, values: readonly number[]): SortedWindow {
    const window = new SortedWindow(capacity);
    for (const value of values) window.push(value);
    return window;
  }
}

function grown(values: Float64Array, room: number): Float64Array {
  const larger = new Float64Array(room);
  larger.set(values);
  return larger;
}
