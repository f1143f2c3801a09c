/** Moments in the order in which they were noted, which is nearly always the order of time. */
export class Times {
  readonly #values: number[] = [];

  get last(): number | undefined {
    return this.#values[this.#values.length - 1];
  }

  add(atS: number): void {
    this.#values.push(atS);
  }

  /** How many were noted in the `windowS` before `nowS`. O(log n). */
  countSince(nowS: number, windowS: number): number {
    const from = nowS - windowS;
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#values[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return this.#values.length - low;
  }
}
