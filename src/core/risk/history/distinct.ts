/** Counts different small numbers, over and over again, without a set for each time. */
export class Distinct {
  #stamps = new Int32Array(1024);
  #round = 0;
  count = 0;

  /** Begins anew. */
  reset(): void {
    this.#round++;
    this.count = 0;
  }

  /** @param number ≥ 0, not far beyond how many there are */
  add(number: number): void {
    if (number >= this.#stamps.length) {
      const larger = new Int32Array(2 * number);
      larger.set(this.#stamps);
      this.#stamps = larger;
    }
    if (this.#stamps[number] === this.#round) return;
    this.#stamps[number] = this.#round;
    this.count++;
  }
}
