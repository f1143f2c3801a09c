import { exchange, insert, remove } from './sorted-span.ts';
import { SEASON_DAYS, SEASON_REACH, type SeasonTable } from './season-table.ts';

/** Most values a span can have. */
const SEASON_VALUES = SEASON_DAYS * (2 * SEASON_REACH + 1);

/**
 * What was seen around one time of day on earlier days, in order of size.
 *
 * From one slot to the next each day loses a value at one end and gains one at the other: seven values are exchanged in
 * place, about 0.3 µs, instead of 49 being sorted. Elsewhere (a jump in time, days so short that a slot of yesterday may
 * still change) all are collected anew. 400 bytes.
 */
export class SeasonSpan {
  readonly table: SeasonTable;
  /** The first `count` are in use. */
  readonly sorted = new Float64Array(SEASON_VALUES);
  count = 0;
  readonly #reach: number;
  #slot = Number.NaN;
  /** False while values of the span may still change. */
  #isFinal = false;

  /** `reach` is how many slots on either side count as the same time, 0..3. */
  constructor(table: SeasonTable, reach = SEASON_REACH) {
    this.table = table;
    this.#reach = reach;
  }

  /** Makes it the span of a slot; NaN, or a table without values, gives an empty one. */
  moveTo(slot: number): void {
    if (slot === this.#slot && this.#isFinal) return;
    const { last, slotsPerDay } = this.table;
    const isFinal = slot + this.#reach - slotsPerDay < last;
    // Past its newest slot the table has the whole week of both spans; a slot before has lost its oldest values.
    if (slot === this.#slot + 1 && this.#isFinal && isFinal && last < slot) this.#slide(slot, slotsPerDay);
    else this.#collect(slot, slotsPerDay);
    this.#slot = slot;
    this.#isFinal = isFinal;
  }

  #slide(slot: number, slotsPerDay: number): void {
    const { sorted, table } = this;
    for (let day = 1; day <= SEASON_DAYS; day += 1) {
      const centre = slot - day * slotsPerDay;
      const old = table.at(centre - this.#reach - 1);
      const value = table.at(centre + this.#reach);
      if (old === old && value === value) exchange(sorted, this.count, old, value);
      else if (old === old) remove(sorted, this.count--, old);
      else if (value === value) insert(sorted, this.count++, value);
    }
  }

  #collect(slot: number, slotsPerDay: number): void {
    this.count = 0;
    for (let day = 1; day <= SEASON_DAYS; day += 1) {
      const centre = slot - day * slotsPerDay;
      for (let at = centre - this.#reach; at <= centre + this.#reach; at += 1) {
        const value = this.table.at(at);
        if (value === value) insert(this.sorted, this.count++, value);
      }
    }
  }
}
