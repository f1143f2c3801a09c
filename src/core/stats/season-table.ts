/** Earlier days that are looked at: a week shows both the daily and the weekly shape. */
export const SEASON_DAYS = 7;
/** Slots on either side that count as the same time of day: jobs and people are not exactly on time. */
export const SEASON_REACH = 3;

/** Beyond this a value does not fit into 4 bytes. */
const LARGEST = 3e38;

/**
 * One number per slot for the last seven days: what was seen at this time of day.
 *
 * Values of the same slot are averaged; slots without a sample are holes. 4 bytes per slot, allocated as it fills, at
 * most 7 · slots a day · 4 = 40 kB at one sample a minute. O(1).
 */
export class SeasonTable {
  readonly slotsPerDay: number;
  readonly #capacity: number;
  #values: Float32Array;
  /** Where in the ring the newest slot is. */
  #newest = 0;
  #first = Number.NaN;
  #last = Number.NaN;
  #sum = 0;
  #inSlot = 0;

  constructor(slotsPerDay: number) {
    this.slotsPerDay = slotsPerDay;
    this.#capacity = SEASON_DAYS * slotsPerDay + SEASON_REACH + 1;
    this.#values = new Float32Array(Math.min(64, this.#capacity)).fill(Number.NaN);
  }

  /** The newest slot; NaN while there is none. */
  get last(): number {
    return this.#last;
  }

  /** Adds a value; one older than the newest slot, without a slot (NaN), or beyond ±3e38 is left out. */
  add(slot: number, value: number): void {
    if (!(slot >= 0 && Math.abs(value) <= LARGEST) || slot < this.#last) return;
    if (slot === this.#last) {
      this.#sum += value;
      this.#inSlot += 1;
    } else {
      this.#advance(slot);
      this.#sum = value;
      this.#inSlot = 1;
    }
    this.#values[this.#newest] = this.#sum / this.#inSlot;
  }

  /** What was seen in a slot; NaN for a hole, and outside of what is kept. */
  at(slot: number): number {
    // Not by the remainder of a slot: that is a division of doubles, and this is asked for some forty times a sample.
    const back = this.#last - slot;
    if (!(back >= 0 && back < this.#values.length)) return Number.NaN;
    const place = this.#newest - back;
    return this.#values[place < 0 ? place + this.#values.length : place]!;
  }

  /** The newest slot, its sum and count, then slot and value in turn. Empty for an empty table. */
  save(): readonly number[] {
    if (Number.isNaN(this.#last)) return [];
    const found: number[] = [this.#last, this.#sum, this.#inSlot];
    for (let slot = this.#last - this.#values.length + 1; slot <= this.#last; slot += 1) {
      const value = this.at(slot);
      if (value === value) found.push(slot, value);
    }
    return found;
  }

  static restore(slotsPerDay: number, state: readonly number[]): SeasonTable {
    const table = new SeasonTable(slotsPerDay);
    const [last, sum, inSlot] = state;
    if (last === undefined || sum === undefined || inSlot === undefined) return table;
    for (let i = 3; i + 1 < state.length; i += 2) table.add(state[i]!, state[i + 1]!);
    table.#sum = sum;
    table.#inSlot = inSlot;
    return table;
  }

  /** Makes `slot` the newest: slots in between are holes. */
  #advance(slot: number): void {
    const past = Number.isNaN(this.#last) ? 1 : slot - this.#last;
    this.#first = Number.isNaN(this.#first) ? slot : this.#first;
    if (slot - this.#first >= this.#values.length) this.#grow(slot - this.#first + 1);
    const { length } = this.#values;
    for (let step = Math.min(past, length); step > 0; step -= 1) {
      this.#newest = this.#newest + 1 === length ? 0 : this.#newest + 1;
      this.#values[this.#newest] = Number.NaN;
    }
    this.#last = slot;
  }

  /** Doubles the ring until it has room for so many slots, or a week; oldest first from then on. */
  #grow(wanted: number): void {
    const old = this.#values;
    let { length } = old;
    while (length < wanted && length < this.#capacity) length *= 2;
    length = Math.min(length, this.#capacity);
    if (length === old.length) return;
    this.#values = new Float32Array(length).fill(Number.NaN);
    this.#values.set(old.subarray(this.#newest + 1));
    this.#values.set(old.subarray(0, this.#newest + 1), old.length - this.#newest - 1);
    this.#newest = old.length - 1;
  }
}
