/** What became of a pushed value. `late`: older than all that a full ring holds. `missing`: NaN or infinite, nothing is stored. */
export type PushResult = 'added' | 'replaced' | 'inserted' | 'late' | 'missing';

/** A run of samples, oldest first: views into the ring, valid until the next push. */
export interface Window {
  readonly atMs: Float64Array;
  readonly values: Float64Array;
}

const FIRST_CAPACITY = 32;

/**
 * The newest `capacity` samples of one series in typed arrays, in strict order of time.
 *
 * Missing values are not stored: a gap is a distance in time, never a 0. A second value at the same time replaces the first
 * (last wins). A sample out of order is put where it belongs, unless the ring is full and all it holds is newer (`late`).
 * Pushing in order costs O(1) amortised, finding a window O(log n), inserting O(distance from the end).
 * Memory: 16 bytes × at most 2 × capacity, growing from 32 samples; 7,200 samples (2 h at 1 s) take at most 230 KB.
 */
export class Ring {
  readonly capacity: number;
  /** Values not stored because they were missing, and because they came too late. */
  missing = 0;
  late = 0;
  /** Counts the changes: as long as it is the same, so are the samples. */
  revision = 0;
  private times: Float64Array;
  private values: Float64Array;
  /** The samples stand at `start`..`end` of both arrays; behind `end` is room, so that windows never wrap. */
  private start = 0;
  private end = 0;

  /** `capacity` in samples, at least 1; throws RangeError otherwise. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`ring capacity ${capacity} is not 1 or more`);
    this.capacity = capacity;
    const first = Math.min(FIRST_CAPACITY, capacity * 2);
    this.times = new Float64Array(first);
    this.values = new Float64Array(first);
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Time of the newest sample; NaN when empty. */
  get lastMs(): number {
    return this.end === this.start ? Number.NaN : this.times[this.end - 1]!;
  }

  /** Time of the oldest sample; NaN when empty. */
  get firstMs(): number {
    return this.end === this.start ? Number.NaN : this.times[this.start]!;
  }

  /** The newest value; NaN when empty. */
  get lastValue(): number {
    return this.end === this.start ? Number.NaN : this.values[this.end - 1]!;
  }

  /** Drops all samples. */
  clear(): void {
    this.revision++;
    this.start = 0;
    this.end = 0;
  }

  /** Takes a value in. NaN or infinite values and NaN times count as missing. Never throws. */
  push(atMs: number, value: number): PushResult {
    if (!Number.isFinite(value) || !Number.isFinite(atMs)) {
      this.missing++;
      return 'missing';
    }
    if (this.end === this.start || atMs > this.times[this.end - 1]!) {
      this.revision++;
      this.makeRoom();
      this.times[this.end] = atMs;
      this.values[this.end++] = value;
      if (this.length > this.capacity) this.start++;
      return 'added';
    }
    return this.insert(atMs, value);
  }

  /** The samples with `fromMs` ≤ time < `toMs`, as views without copying. */
  window(fromMs: number, toMs: number): Window {
    return this.slice(this.lowerBound(fromMs) - this.start, Math.max(this.lowerBound(toMs), 0) - this.start);
  }

  /** The newest `count` samples, fewer when there are fewer, as views without copying. */
  newest(count: number): Window {
    return this.slice(Math.max(0, this.length - count), this.length);
  }

  /** How many samples have `fromMs` ≤ time < `toMs`. */
  count(fromMs: number, toMs: number): number {
    return Math.max(0, this.lowerBound(toMs) - this.lowerBound(fromMs));
  }

  private slice(from: number, to: number): Window {
    const [begin, end] = [this.start + from, this.start + Math.max(from, to)];
    return { atMs: this.times.subarray(begin, end), values: this.values.subarray(begin, end) };
  }

  private insert(atMs: number, value: number): PushResult {
    const at = this.lowerBound(atMs);
    if (this.times[at] === atMs) {
      this.revision++;
      this.values[at] = value;
      return 'replaced';
    }
    if (at === this.start && this.length === this.capacity) {
      this.late++;
      return 'late';
    }
    this.revision++;
    const before = this.end - at;
    this.makeRoom();
    const place = this.end - before;
    this.times.copyWithin(place + 1, place, this.end);
    this.values.copyWithin(place + 1, place, this.end);
    this.times[place] = atMs;
    this.values[place] = value;
    this.end++;
    if (this.length > this.capacity) this.start++;
    return 'inserted';
  }

  /** Room for one more sample behind `end`: by moving to the front, or by growing up to twice the capacity. */
  private makeRoom(): void {
    if (this.end < this.times.length) return;
    const full = this.capacity * 2;
    const grown = Math.min(full, this.times.length * 2);
    const grows = this.start < this.times.length / 2 && grown > this.times.length;
    const [times, values] = grows ? [new Float64Array(grown), new Float64Array(grown)] : [this.times, this.values];
    times.set(this.times.subarray(this.start, this.end));
    values.set(this.values.subarray(this.start, this.end));
    this.times = times;
    this.values = values;
    this.end -= this.start;
    this.start = 0;
  }

  /** Index of the first sample at or after a time. */
  private lowerBound(atMs: number): number {
    let low = this.start;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
