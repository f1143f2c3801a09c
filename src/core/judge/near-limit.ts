/**
 * Whether a score that rests on several samples is near its limit: the operating point `warn`, shown and nothing asked.
 *
 * It lasts for some samples after the score was last as high, so that what flickers is said once.
 */
export class NearLimit {
  /** When it began to be near; NaN before it ever was. */
  sinceMs = Number.NaN;
  #inARow = 0;
  #left = 0;

  /** True while the score is near its limit, or was so a short while ago. */
  get now(): boolean {
    return this.#left > 0;
  }

  /**
   * Takes the next sample.
   *
   * @param isNear its score is as high as `warnScore`
   * @param needed so many samples in a row must be near: more than one where a spike echoes in the scores after it
   * @param lasting for so many samples it counts as near
   */
  take(atMs: number, isNear: boolean, needed: number, lasting: number): void {
    this.#inARow = isNear ? this.#inARow + 1 : 0;
    if (this.#inARow < needed) {
      this.#left = Math.max(0, this.#left - 1);
      return;
    }
    if (this.#left === 0) this.sinceMs = atMs;
    this.#left = lasting;
  }

  clear(): void {
    this.sinceMs = Number.NaN;
    this.#inARow = 0;
    this.#left = 0;
  }
}
