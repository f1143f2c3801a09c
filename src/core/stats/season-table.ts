/** Earlier days that are looked at: a week shows both the daily and the weekly shape. */
const DAYS = 7;
/** Slots on either side that count as the same time of day: jobs and people are not exactly on time. */
const REACH = 3;

/** Beyond this a value does not fit into 4 bytes. */
const LARGEST = 3e38;

/** Most values `collect` can give. */
export const SEASON_VALUES = DAYS * (2 * REACH + 1);

/**
 * One number per slot for the last seven days: what was seen at this time of day.
 *
 * Values of the same slot are averaged; slots without a sample are holes. 4 bytes per slot, allocated as it fills, at
 * most 7 · slots a day · 4 = 40 kB at one sample a minute. O(1) to add, 49 reads to collect.
 */
export class SeasonTable {
  readonly #slotsPerDay: number;
  readonly #capacity: number;
  #values: Float32Array;
  #first = Number.NaN;
  #last = Number.NaN;
  #sum = 0;
  #inSlot = 0;

  constructor(slotsPerDay: number) {
    this.#slotsPerDay = slotsPerDay;
    this.#capacity = DAYS * slotsPerDay + REACH + 1;
    this.#values = new Float32Array(Math.min(64, this.#capacity)).fill(Number.NaN);
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
    this.#values[slot % this.#values.length] = this.#sum / this.#inSlot;
  }

  /**
   * Writes what was seen around this time on earlier days into `into`; gives how many there are, at most `SEASON_VALUES`.
   * `reach` is how many slots on either side count, 0..3.
   */
  collect(slot: number, into: Float64Array, reach = REACH): number {
    if (Number.isNaN(this.#last) || Number.isNaN(slot)) return 0;
    const { length } = this.#values;
    const oldest = Math.max(this.#first, this.#last - length + 1);
    let count = 0;
    for (let day = 1; day <= DAYS; day += 1) {
      const centre = slot - day * this.#slotsPerDay;
      if (centre + reach < oldest) break;
      for (let at = Math.max(oldest, centre - reach); at <= centre + reach && at <= this.#last; at += 1) {
        const value = this.#values[at % length]!;
        if (value === value) {
          into[count] = value;
          count += 1;
        }
      }
    }
    return count;
  }

  /** The newest slot, its sum and count, then slot and value in turn. Empty for an empty table. */
  save(): readonly number[] {
    if (Number.isNaN(this.#last)) return [];
    const found: number[] = [this.#last, this.#sum, this.#inSlot];
    const { length } = this.#values;
    for (let slot = this.#last - length + 1; slot <= this.#last; slot += 1) {
      const value = slot < 0 ? Number.NaN : this.#values[slot % length]!;
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
    const from = this.#last;
    this.#last = slot;
    if (Number.isNaN(from)) {
      this.#first = slot;
      return;
    }
    if (slot - this.#first >= this.#values.length) this.#grow(from, slot);
    const { length } = this.#values;
    for (let at = Math.max(from + 1, slot - length + 1); at <= slot; at += 1) this.#values[at % length] = Number.NaN;
  }

  /** Doubles the ring when it is full, up to the week; what no longer fits is forgotten. */
  #grow(from: number, slot: number): void {
    const old = this.#values;
    let { length } = old;
    while (length < slot - this.#first + 1 && length < this.#capacity) length *= 2;
    length = Math.min(length, this.#capacity);
    const first = Math.max(this.#first, slot - length + 1);
    if (length > old.length) {
      this.#values = new Float32Array(length).fill(Number.NaN);
      for (let at = first; at <= from; at += 1) this.#values[at % length] = old[at % old.length]!;
    }
    this.#first = first;
  }
}
