import { SeasonSpan } from '../../stats/season-span.ts';
import { SeasonTable } from '../../stats/season-table.ts';
import { sortedMad, sortedMedian } from '../../stats/sorted-span.ts';

/** Fewer values from earlier days say nothing about the usual change at this time. */
const LEAST_SEEN = 5;

/**
 * Difference in differences on one scale of values: how far a sample is from the level before it, less how far samples
 * at this time of earlier days were from the level before them.
 *
 * A channel is used for one sample at a time: `compare` fills `deviation` (in robust standard deviations), `usual` and
 * `scale`. Without earlier days it is the plain Hampel distance.
 */
export class ChangeChannel {
  /** What samples at this time usually are above the level before them; 0 while unknown. */
  usual = 0;
  /** Length of one deviation. */
  scale = 0;
  deviation = 0;
  #season: SeasonSpan | null = null;

  /** `spread` is the deviation of the samples the level comes from, `floor` the least deviation there can be. */
  compare(change: number, slot: number, spread: number, floor: number): void {
    this.#season?.moveTo(slot);
    if (this.#season === null || this.#season.count < LEAST_SEEN) {
      this.usual = 0;
      this.scale = Math.max(spread, floor);
    } else {
      const { sorted, count } = this.#season;
      this.usual = sortedMedian(sorted, count);
      this.scale = Math.max(sortedMad(sorted, count, this.usual), spread / 2, floor);
    }
    this.deviation = (change - this.usual) / this.scale;
  }

  learn(change: number, slot: number, slotsPerDay: number): void {
    if (slotsPerDay === 0 || Number.isNaN(slot)) return;
    this.#season ??= new SeasonSpan(new SeasonTable(slotsPerDay));
    this.#season.table.add(slot, change);
  }

  save(): readonly number[] {
    return this.#season?.table.save() ?? [];
  }

  static restore(slotsPerDay: number, state: readonly number[]): ChangeChannel {
    const channel = new ChangeChannel();
    if (slotsPerDay > 0 && state.length > 0) {
      channel.#season = new SeasonSpan(SeasonTable.restore(slotsPerDay, state));
    }
    return channel;
  }
}
