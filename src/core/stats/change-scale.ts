import { MAD_TO_SIGMA } from './sorted-span.ts';
import { SortedWindow } from './sorted-window.ts';

/** Values beyond this are refused: they would overflow. */
const LARGEST = 1e150;

/** Values and steps kept: with one in four of the steps and one in 28 of the values, a day and a week of minutes. */
const KEPT = 360;
const STEP_EVERY = 4;
const VALUE_EVERY = 28;
const TINY = 1e-9;

/**
 * How much a series moves at the least, and where its zero is: keeps a quiet hour from making the next one look wild.
 *
 * floor = max(1.4826 · median |step| / √2, ½ · 90 % quantile of |step|, 3 % of the deviation of the values), of thinned
 * samples. `low` is the smallest kept value: the root of what lies above it evens out noise that grows with the level,
 * as counts have it. 12 kB, O(log n) per sample on average.
 */
export class ChangeScale {
  floor = 0;
  low = Number.NaN;
  #steps = new SortedWindow(KEPT);
  #values = new SortedWindow(KEPT);
  #seen = 0;
  #last = Number.NaN;

  push(value: number): void {
    if (!(Math.abs(value) <= LARGEST)) return;
    if (this.#seen > 0 && (this.#seen < KEPT || this.#seen % STEP_EVERY === 0)) {
      this.#steps.push(Math.abs(value - this.#last));
    }
    if (this.#seen < KEPT || this.#seen % VALUE_EVERY === 0) this.#values.push(value);
    this.#last = value;
    this.#seen += 1;
    // The floor moves slowly; early on every sample counts.
    if (this.#seen < 60 || this.#seen % 30 === 0) this.#settle();
  }

  /** Signed root of the distance from `low`. Rising, so that it keeps order and medians. */
  root(value: number): number {
    const above = value - this.low;
    return above < 0 ? -Math.sqrt(-above) : Math.sqrt(above);
  }

  /** `sortedMad` of the roots of sorted values, taken of as few of them as it needs; `centre` is a root. */
  rootMad(sorted: Float64Array, count: number, centre: number): number {
    if (count === 0) return Number.NaN;
    const half = count >> 1;
    let [low, high] = [0, count - 1 - half];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (centre - this.root(sorted[middle]!) > this.root(sorted[middle + half + 1]!) - centre) low = middle + 1;
      else high = middle;
    }
    return MAD_TO_SIGMA * Math.max(centre - this.root(sorted[low]!), this.root(sorted[low + half]!) - centre);
  }

  save(): Readonly<Record<string, number | readonly number[]>> {
    const { floor, low } = this;
    return {
      scale: this.#seen === 0 ? [] : [floor, low, this.#seen, this.#last],
      steps: this.#steps.save(),
      values: this.#values.save(),
    };
  }

  static restore(scale: readonly number[], steps: readonly number[], values: readonly number[]): ChangeScale {
    const restored = new ChangeScale();
    [restored.floor, restored.low, restored.#seen, restored.#last] = [
      scale[0] ?? 0,
      scale[1] ?? Number.NaN,
      scale[2] ?? 0,
      scale[3] ?? Number.NaN,
    ];
    restored.#steps = SortedWindow.restore(KEPT, steps);
    restored.#values = SortedWindow.restore(KEPT, values);
    return restored;
  }

  #settle(): void {
    const values = this.#values;
    this.low = values.sorted[0]!;
    const step = this.#steps.count === 0 ? 0 : this.#steps.median();
    const large = this.#steps.count === 0 ? 0 : this.#steps.quantile(0.9);
    const spread = values.mad(values.median());
    this.floor = Math.max((MAD_TO_SIGMA * step) / Math.SQRT2, large / 2, 0.03 * spread, TINY);
  }
}
