const DAY_MS = 86_400_000;
/** Faster series are averaged into slots of a minute, so that a week always fits. */
const SHORTEST_SLOT_MS = 60_000;
/** Gaps looked at before the interval counts as known. */
const GAPS = 9;

/**
 * Learns how far apart the samples of a series are and cuts the day into slots of that length, never below a minute.
 *
 * The interval is the median of the first nine positive gaps and stays as it is. Until then, and for series slower than
 * six hours, there is no slot. O(1) per sample, under 100 bytes.
 */
export class SlotClock {
  /** Slots of a day; 0 while unknown or when a day has too few samples to compare. */
  slotsPerDay = 0;
  /** Distance between samples; NaN while unknown, and for a restored clock whose series is faster than a slot. */
  intervalMs = Number.NaN;
  #slotMs = 0;
  #lastMs = Number.NaN;
  #gaps: number[] = [];

  /** Takes the time of a sample. */
  pass(atMs: number): void {
    if (this.#slotMs > 0) return;
    const gap = atMs - this.#lastMs;
    this.#lastMs = atMs;
    if (!(gap > 0 && gap < Number.POSITIVE_INFINITY)) return;
    this.#gaps.push(gap);
    if (this.#gaps.length === GAPS) this.#settle(this.#gaps.sort((a, b) => a - b)[GAPS >> 1]!);
  }

  /** Number of the slot a time lies in; NaN while the interval is unknown. */
  slotOf(atMs: number): number {
    return this.slotsPerDay === 0 ? Number.NaN : Math.floor(atMs / this.#slotMs);
  }

  save(): readonly number[] {
    return [this.#slotMs, Number.isNaN(this.#lastMs) ? -1 : this.#lastMs, ...this.#gaps];
  }

  static restore([slotMs = 0, lastMs = -1, ...gaps]: readonly number[]): SlotClock {
    const clock = new SlotClock();
    clock.#lastMs = lastMs < 0 ? Number.NaN : lastMs;
    clock.#gaps = gaps;
    if (slotMs > 0) clock.#settle(slotMs);
    return clock;
  }

  #settle(intervalMs: number): void {
    this.intervalMs = intervalMs;
    this.#slotMs = Math.max(SHORTEST_SLOT_MS, intervalMs);
    const perDay = Math.round(DAY_MS / this.#slotMs);
    this.slotsPerDay = perDay < 4 ? 0 : perDay;
    this.#gaps = [];
  }
}
